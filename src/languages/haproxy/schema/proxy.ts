import { LISTEN_LINES } from './keywords/tables';
import { readKeywords } from './keyword';

/** Keywords of frontend, backend, listen and defaults that the keyword listing has no arguments for. */
export const PROXY_KEYWORDS = readKeywords(`
  n   acl                          *
  F   backlog                      <atol>
  B   balance                      [ <algorithm> * ]
  Fd  bind                         *
  Fd  capture~cookie               <text> <text> <atol>
  Fd  capture~request              header <text> len <atol>
  Fd  capture~response             header <text> len <atol>
  BXd be-unpublished
  F   clitcpka-cnt                 <count> *
  F   clitcpka-idle                <time> *
  F   clitcpka-intvl               <time> *
  -   compression~algo             identity|gzip|deflate|raw-deflate { identity / gzip / deflate / raw-deflate }
  -   compression~algo-req         identity|gzip|deflate|raw-deflate { identity / gzip / deflate / raw-deflate }
  -   compression~algo-res         identity|gzip|deflate|raw-deflate { identity / gzip / deflate / raw-deflate }
  -   compression~type             <text> *
  -   compression~type-req         <text> *
  -   compression~type-res         <text> *
  -   compression~offload          *
  -   compression~direction        request|response|both *
  -   compression~minsize-req      <size> *
  -   compression~minsize-res      <size> *
  B   cookie                       <text> { rewrite / insert / prefix / indirect / nocache / postonly / preserve / httponly / secure / dynamic / domain <text> / maxidle <seconds> / maxlife <seconds> / attr <cookie-attribute> }
  FXd declare~capture              request|response len <atol> *
  F   default_backend              <backend>
  BX  default-server               *
  d   description                  <text> *
  -   disabled
  Bd  dispatch                     <peer>
  B   dynamic-cookie-key           <text> *
  -   email-alert~from             [ <text> ] *
  -   email-alert~mailers          [ <mailers> ] *
  -   email-alert~myhostname       [ <text> ] *
  -   email-alert~level            <level> *
  -   email-alert~to               [ <text> ] *
  -   enabled
  -   error-log-format             <logfmt>
  -   errorfile                    <error-status> <text> *
  -   errorfiles                   <http-errors> *
  -   errorloc                     <error-status> <text> *
  -   errorloc302                  <error-status> <text> *
  -   errorloc303                  <error-status> <text> *
  -   external-check~command       <text>
  -   external-check~path          <text>
  d   filter~cache                 <cache> *
  d   filter~compression
  d   filter~fcgi-app              <fcgi-app> *
  d   filter~trace                 { name <text> / random-forwarding / random-parsing / hexdump / quiet }
  d   filter                       <filter> *
  Bd  force-persist                !if
  FXd force-be-switch              !if
  B   fullconn                     <atol>
  d   guid                         <text> *
  -   hash-balance-factor          <balance-factor> *
  BX  hash-preserve-affinity       always|maxconn|maxqueue *
  B   hash-type                    consistent|map-based [ <hash-function> [ <avalanche> ] ] *
  n   http-after-response          *
  B   http-check                   *
  -   http-error                   *
  n   http-request                 *
  n   http-response                *
  B   http-reuse                   never|safe|aggressive|always
  B   http-send-name-header        <text> *
  d   id                           <posint>
  Bd  ignore-persist               !if
  B   load-server-state-from-file  global|local|none *
  -   log                          *
  -   log-format                   <logfmt>
  -   log-format-sd                <logfmt>
  -   log-steps                    [ <log-steps> ] *
  -   log-tag                      <text> *
  -   max-keep-alive-queue         <int> *
  F   max-session-srv-conns        <atol> *
  F   maxconn                      <atol>
  -   mode                         <mode>
  Fd  monitor                      fail !if
  F   monitor-uri                  <text>
  -   option                       *
  B   persist                      <persist>
  -   rate-limit~sessions          <int> *
  d   redirect                     *
  FXn quic-initial                 accept|dgram-drop|do-log|reject|send-retry ?if
  B   retries                      <atol>
  BX  retry-on                     <retry> *
  BXd server                       *
  BXd server-template              *
  B   server-state-file-name       [ <text> ]
  B   source                       <plain> { usesrc <usesrc> / interface <text> }
  B   srvtcpka-cnt                 <count> *
  B   srvtcpka-idle                <time> *
  B   srvtcpka-intvl               <time> *
  d   stats~admin                  !if
  -   stats~auth                   <text> *
  -   stats~enable                 *
  -   stats~hide-version           *
  d   stats~http-request           <stats-action> *
  -   stats~realm                  <text> *
  -   stats~refresh                <seconds> *
  -   stats~scope                  <text> *
  -   stats~show-desc              *
  -   stats~show-legends           *
  -   stats~show-modules           *
  -   stats~show-node              [ <node-name> ] *
  -   stats~uri                    <text> *
  -   stats~show-version           *
  -   ssl-f-use                    *
  Bd  stick~match                  <expr> [ table <table> ] ?if
  Bd  stick~on                     <expr> [ table <table> ] ?if
  Bd  stick~store                  <expr> [ table <table> ] ?if
  Bd  stick~store-request          <expr> [ table <table> ] ?if
  Bd  stick~store-response         <expr> [ table <table> ] ?if
  d   stick-table                  *
  B   tcp-check                    *
  n   tcp-request                  *
  n   tcp-response                 *
  B   timeout~check                <time>
  F   timeout~client               <time>
  F   timeout~client-fin           <time>
  F   timeout~client-hs            <time>
  B   timeout~connect              <time>
  -   timeout~http-keep-alive      <time>
  -   timeout~http-request         <time>
  B   timeout~queue                <time>
  B   timeout~server               <time>
  B   timeout~server-fin           <time>
  -   timeout~tarpit               <time>
  B   timeout~tunnel               <time>
  -   transparent
  F   unique-id-format             <logfmt>
  F   unique-id-header             <text> *
  Bd  use-server                   <use-server> !if
  BXd use-fcgi-app                 <fcgi-app> *
  Fd  use_backend                  <use-backend> ?if
`);

/** Keywords of proxies every covered branch reads without listing them. */
export const CLASSIC_PROXY_KEYWORDS: ReadonlySet<string> = new Set(
  [...PROXY_KEYWORDS.keys()]
    .map((name) => name.split(' ')[0] ?? '')
    .filter((name) => !LISTEN_LINES.has(name)),
);

/** Arguments without which older branches read a line as well: the first branch that refuses it. */
export const NEEDED_SINCE: ReadonlyMap<string, string> = new Map([
  ['mworker-max-reloads', '3.0'],
  ['email-alert from', '3.2'],
  ['email-alert mailers', '3.2'],
  ['email-alert myhostname', '3.2'],
  ['email-alert to', '3.2'],
]);

/** First branch of an argument that came after its keyword, and of a keyword that came after its section. */
export const ARGUMENTS_SINCE: ReadonlyMap<string, string> = new Map([
  ['global set-dumpable', '3.2'],
  ['compression algo-req', '3.0'],
  ['compression algo-res', '3.0'],
  ['compression direction', '3.0'],
  ['compression minsize-req', '3.2'],
  ['compression minsize-res', '3.2'],
  ['compression type-req', '3.0'],
  ['compression type-res', '3.0'],
  ['log-forward option', '3.2'],
  ['stats show-version', '3.4'],
  ['timeout client-hs', '3.0'],
]);
