/**
 * Loaded before a program: its wall clock is off by CLOCK_OFFSET milliseconds. The monotonic clock and timers are the
 * machine's, and so is the time by which OpenSSL judges certificates.
 */
const offset = Number(process.env["CLOCK_OFFSET"] ?? 0);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: readonly unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + offset] : args, newTarget) as Date,
  get: (target, key) =>
    key === "now" ? () => RealDate.now() + offset : (Reflect.get(target, key) as unknown),
});
