/**
 * CertificateNote: the fingerprint that the browser's warning and the console must agree on.
 *
 * Only over HTTPS: the page on the doorbell's own machine comes without a certificate.
 */
import { words } from "../words.ts";

const { certificate: say } = words.enter;

export function CertificateNote({ fingerprint }: { readonly fingerprint: string | null }) {
  if (fingerprint === null || location.protocol !== "https:") return null;
  return (
    <details class="certificate">
      <summary>{say.title}</summary>
      <p>{say.note}</p>
      <p class="certificate-print">{fingerprint}</p>
    </details>
  );
}
