import { Program } from "../measure/Program.ts";

/**
 * prometheus-config-reloader with the flags that the Prometheus operator gives it, but for the pause between two
 * reloads, 1 s by default, which is no part of what is compared.
 */
export function reloaderProgram(options: {
  readonly binary: string;
  readonly directory: string;
  readonly port: number;
  readonly url: string;
}): Program {
  return new Program(
    options.binary,
    [
      `--listen-address=127.0.0.1:${options.port}`,
      `--watched-dir=${options.directory}`,
      `--reload-url=${options.url}`,
      "--delay-interval=10ms",
    ],
    { POD_NAME: "prometheus-0" },
  );
}
