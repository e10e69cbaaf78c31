/** Statuses HAProxy has an answer of its own for; error files may replace it. */
export const ERROR_STATUSES: readonly string[] =
  '200 400 401 403 404 405 407 408 410 413 414 421 422 425 429 431 500 501 502 503 504'.split(' ');
