import { isTemplated } from './template';

/**
 * True when a text cannot be the secret itself: a tool fills it in, it is a word for what belongs there, or it was
 * made unreadable.
 */
export function isPlaceholder(text: string): boolean {
  return (
    text === '' ||
    isTemplated(text) ||
    /^[$%<[{]|[>\]}]$|^your[_ -]/i.test(text) ||
    /^[xX*._ -]+$/.test(text) ||
    /^[A-Z][A-Z0-9]*(?:[_ -][A-Z0-9]+)+$/.test(text) ||
    /\b(?:change[ _-]?me|placeholder|redacted|hash|md5[ _-]?of)\b|_(?:hash|md5)$/i.test(text)
  );
}

/** True for the form PostgreSQL and PgBouncer keep an MD5 password in, without its mark. */
export function isMd5(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
