/** Where the serving certificate comes from, as the webhook sees it. */
export interface CertificateSource {
  /** True when a certificate is served that every webhook of the configuration trusts. */
  ready(): boolean;
  /** Keeps certificate and caBundle up to date until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}
