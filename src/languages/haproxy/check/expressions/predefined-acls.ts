/** Names that stand for a condition everywhere, without a declaration. */
export const PREDEFINED_ACLS: ReadonlySet<string> = new Set(
  (
    'TRUE FALSE LOCALHOST HTTP HTTP_1.0 HTTP_1.1 HTTP_2.0 HTTP_3.0 METH_CONNECT METH_DELETE METH_GET METH_HEAD ' +
    'METH_OPTIONS METH_POST METH_PUT METH_TRACE HTTP_URL_ABS HTTP_URL_SLASH HTTP_URL_STAR HTTP_CONTENT RDP_COOKIE ' +
    'REQ_CONTENT WAIT_END'
  ).split(' '),
);
