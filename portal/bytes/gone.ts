/**
 * Gone: does this error of a tus store, the disk or S3 say that there is no such upload?
 */
export function isGone(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { status_code, code, name } = error as Readonly<Record<string, unknown>>;
  return (
    status_code === 404 ||
    status_code === 410 ||
    code === "ENOENT" ||
    ["NoSuchKey", "NotFound", "NoSuchUpload"].includes(String(name ?? code))
  );
}
