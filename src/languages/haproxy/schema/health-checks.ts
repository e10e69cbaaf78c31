/** Arguments of the options of `expect`: the words allowed, or the type of value. Letter case does not matter. */
export const EXPECT_OPTIONS: Readonly<Record<string, readonly string[] | string>> = {
  comment: 'text',
  'min-recv': 'min-recv',
  'ok-status': ['L7OK', 'L7OKC', 'L6OK', 'L4OK'],
  'error-status': ['L7OKC', 'L7RSP', 'L7STS', 'L6RSP', 'L4CON'],
  'tout-status': ['L7TOUT', 'L6TOUT', 'L4TOUT'],
  'on-success': 'fmt',
  'on-error': 'fmt',
  'status-code': 'check-expr',
};

/** Ways to match an answer, with the type of the pattern behind them. */
export const HTTP_EXPECTATIONS: Readonly<Record<string, string>> = {
  status: 'status-list',
  rstatus: 'regex',
  string: 'text',
  rstring: 'regex',
  'string-lf': 'fmt',
  hdr: 'header',
  fhdr: 'header',
};

export const TCP_EXPECTATIONS: Readonly<Record<string, string>> = {
  string: 'text',
  rstring: 'regex',
  'string-lf': 'fmt',
  binary: 'hex',
  rbinary: 'regex',
  'binary-lf': 'fmt',
  custom: '',
};

const CONNECT =
  '{ default / port <check-port> / addr <check-addr> / send-proxy / via-socks4 / ssl / sni <text> / alpn <text> / ' +
  'proto <mux> / linger / comment <text> }';

/** Steps of `tcp-check` with their arguments, besides `expect`. */
export const TCP_STEPS: Readonly<Record<string, string>> = {
  comment: '<text> *',
  connect: CONNECT,
  send: '<text> { comment <text> }',
  'send-lf': '<fmt> { comment <text> }',
  'send-binary': '<hex> { comment <text> }',
  'send-binary-lf': '<fmt> { comment <text> }',
};

/** Steps of `http-check` with their arguments, besides `expect`. */
export const HTTP_STEPS: Readonly<Record<string, string>> = {
  comment: '<text> *',
  connect: CONNECT,
  'disable-on-404': '',
  send:
    '{ meth <text> / uri <text> / uri-lf <fmt> / ver <text> / hdr <text> <fmt> / body <text> / body-lf <fmt> / ' +
    'comment <text> }',
  'send-state': '',
};
