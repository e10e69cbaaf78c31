import { atLeast, type HaproxyVersion } from '../../schema/version';

/** What is wrong with the arguments of one fetch or converter: which of them, and what it should be. */
export interface ArgumentFault {
  readonly at: number;
  readonly wanted: string;
}

/** The arguments as they stand, none for those left out. */
type Arguments = readonly (string | undefined)[];
type Rule = (args: Arguments, version: HaproxyVersion) => ArgumentFault | undefined;

const VARIABLE = /^(proc|p?sess|p?txn|p?req|p?res|check)\.[A-Za-z0-9_.]+$/;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Families of digests any OpenSSL may have; which members, the library tells. */
const DIGEST =
  /^(rsa-|ssl3-|id-)?(md[245]|mdc2|sha1|sha(224|256|384|512)|sha3-|sha512-|shake|blake2|ripemd|rmd160|sm3|whirlpool|keccak)/i;

/** One argument must match; one left out is asked for only where `needed`. */
function matches(at: number, pattern: RegExp, wanted: string, needed = false): Rule {
  return (args) => {
    const text = args[at] ?? (needed ? '' : undefined);
    return text === undefined || pattern.test(text) ? undefined : { at, wanted };
  };
}

/** One argument must be a word of a list, which may be empty where `empty`. */
function word(at: number, words: readonly string[], empty = false): Rule {
  return (args) => {
    const text = args[at];
    const right = text === undefined || words.includes(text) || (empty && text === '');
    return right ? undefined : { at, wanted: `one of: ${words.join(', ')}` };
  };
}

function all(...rules: readonly Rule[]): Rule {
  return (args, version) => {
    for (const rule of rules) {
      const fault = rule(args, version);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

const variable = (at: number): Rule =>
  matches(at, new RegExp(`^$|${VARIABLE.source}`), 'a variable such as txn.name');
const neededVariable: Rule = matches(0, VARIABLE, 'a variable such as txn.name', true);
const encoded = (at: number): Rule =>
  matches(at, new RegExp(`${BASE64.source}|${VARIABLE.source}`), 'a variable or text in base64');

const UNITS = ['s', 'ms', 'us'];
const digest = matches(0, DIGEST, 'a digest OpenSSL knows, e.g. sha256', true);
const nonzero = (at: number): Rule => matches(at, /^(?![+-]?0+$)/, 'a number other than 0');
const truncate = matches(2, /^([+-]?0*|\+?0*1)$/, '0 or 1');
const position = matches(0, /^(head|tail|first|\d+)$/, 'head, tail, first or a number', true);
const distinguished = word(2, ['rfc2253'], true);
const occurrence = matches(1, /^(\+?\d*|-0*(10|\d))$/, 'a number of at least -10');
const list = all(nonzero(0), matches(1, /./s, 'a list of separators'));
const roundTrip = word(0, ['us', 'ms']);
const keySize = matches(0, /^\+?0*(128|192|256)$/, '128, 192 or 256');
const lengthValue = all(
  matches(0, /^[^-]/, 'a number of at least 0'),
  nonzero(1),
  matches(2, /^([+-]?\d*)$/, 'a number'),
);

/** The third argument of a chunk: bytes at a time. */
const chunkOfEight = matches(1, /^\+?0*[1-8]$/, 'a number from 1 to 8', true);

/** Behind a separator bytes are joined in groups, whose size must be there. */
const chunk: Rule = ([separator = '', size = '', cut = ''], version) => {
  const asked = separator !== '' || /[1-9]/.test(cut);
  if (asked && !/^\+?0*[1-9]/.test(size)) return { at: 1, wanted: 'a number of at least 1' };
  return truncate([separator, size, cut], version);
};

/** Numbers alone up to 2.6; then variables, too, and bounds. */
const bytes: Rule = ([offset, length], version) => {
  if (!atLeast(version, '3.0') || offset === undefined || offset === '') return undefined;
  if (!/^\+?\d+$/.test(offset) && !VARIABLE.test(offset))
    return { at: 0, wanted: 'a variable or a number of at least 0' };
  if (length === undefined || /^\+?0*[1-9]\d*$/.test(length) || VARIABLE.test(length)) return undefined;
  return { at: 1, wanted: 'a variable or a number of at least 1' };
};

/** What is added must be something. */
const item: Rule = (args, version) => {
  if ((args[1] ?? '') === '' && (args[2] ?? '') === '')
    return { at: 1, wanted: 'a variable, nor does text follow' };
  return variable(1)(args, version);
};

const aes =
  (tag: 'none' | 'read' | 'written'): Rule =>
  (args, version) => {
    const rules = [keySize, encoded(1), encoded(2)];
    if (tag === 'read') rules.push(encoded(3), encoded(4));
    else if (tag === 'written') rules.push(matches(3, VARIABLE, 'a variable such as txn.tag'), encoded(4));
    else rules.push(encoded(3));
    return all(...rules)(args, version);
  };

const ALGORITHMS = ['HS', 'RS', 'ES', 'PS'].flatMap((kind) => [`${kind}256`, `${kind}384`, `${kind}512`]);
const algorithm = matches(
  0,
  new RegExp(`^(none|${ALGORITHMS.join('|')})$|${VARIABLE.source}`),
  `a variable, none or one of: ${ALGORITHMS.join(', ')}`,
);

const PROTOBUF =
  'int32 uint32 sint32 int64 uint64 sint64 bool enum fixed32 sfixed32 float fixed64 sfixed64 double bytes string';
const protobuf = word(1, PROTOBUF.split(' '), true);

/** Fields of each kind of MQTT packet, by name or by number. */
const MQTT: ReadonlyMap<string, string> = new Map([
  [
    'connect',
    'protocol_name protocol_version flags keepalive client_identifier will_topic will_payload username password ' +
      '1 2 3 8 9 17 21 22 23 24 25 33 34 38 39',
  ],
  ['connack', 'flags protocol_version reason_code 17 18 19 21 22 26 28 31 33 34 36 37 38 39 40 41 42'],
  ['publish', '1 2 3 8 9 11 35 38'],
  ['puback', 'reason_code 31 38'],
  ['pubrec', 'reason_code 31 38'],
  ['pubrel', 'reason_code 31 38'],
  ['pubcomp', 'reason_code 31 38'],
  ['subscribe', '11 38'],
  ['suback', '31 38'],
  ['unsubscribe', '38'],
  ['unsuback', '31 38'],
  ['pingreq', ''],
  ['pingresp', ''],
  ['disconnect', 'reason_code 17 28 31 38'],
  ['auth', 'reason_code 21 22 31 38'],
]);

const mqtt: Rule = ([type = '', field = '']) => {
  const number = /^\d+$/.test(type) ? Number(type) : undefined;
  const name = number === undefined ? type.toLowerCase() : [...MQTT.keys()][number - 1];
  const fields = MQTT.get(name ?? '')?.split(' ');
  if (fields === undefined) return { at: 0, wanted: `a kind of MQTT packet: ${[...MQTT.keys()].join(', ')}` };
  if (fields.includes(field.toLowerCase())) return undefined;
  return { at: 1, wanted: `a field of "${type}": ${fields.join(', ')}` };
};

const jsonKey: Rule = ([key = '']) =>
  VARIABLE.test(key) || key.includes('"kty"')
    ? undefined
    : { at: 0, wanted: 'a variable or a key in JSON with its "kty"' };

const TLV =
  /^(ALPN|AUTHORITY|CRC32C|NOOP|UNIQUE_ID|SSL|SSL_VERSION|SSL_CN|SSL_CIPHER|SSL_SIG_ALG|SSL_KEY_ALG|NETNS|0x0*[0-9a-f]{1,2}|0[0-7]*|1?\d{1,2}|2[0-4]\d|25[0-5])$/i;

/** A negative number was no place, and nobody minded. */
const captureNumber: Rule = (args, version) =>
  atLeast(version, '3.2') ? matches(0, /^[^-]/, 'a number of at least 0')(args, version) : undefined;

const named = (names: string, rule: Rule): (readonly [string, Rule])[] =>
  names.split(' ').map((name) => [name, rule]);

/** Rules that the listing of keywords does not tell, by the name of the fetch or converter. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...named('be2dec le2dec', all(chunkOfEight, truncate)),
  ['be2hex', chunk],
  ['bin', matches(0, /^([0-9A-Fa-f]{2})*$/, 'pairs of hexadecimal digits')],
  ['bytes', bytes],
  ['concat', variable(1)],
  ['add_item', item],
  ...named('secure_memcmp strcmp', neededVariable),
  ['digest', digest],
  ['hmac', all(digest, encoded(1))],
  ['aes_gcm_dec', aes('read')],
  ['aes_gcm_enc', (args, version) => aes(atLeast(version, '3.0') ? 'written' : 'read')(args, version)],
  ...named('aes_cbc_dec aes_cbc_enc', aes('none')),
  [
    'fix_tag_value',
    matches(
      0,
      /^(\d*[1-9]\d*|MsgType|CheckSum|BodyLength|TargetCompID|BeginString|SenderCompID)$/i,
      'the name or number of a FIX tag',
      true,
    ),
  ],
  ['json', word(0, ['ascii', 'utf8', 'utf8s', 'utf8p', 'utf8ps'], true)],
  ...named('jwt_header_query jwt_payload_query', word(1, ['int'], true)),
  ...named('jwt_verify jwt_verify_cert', algorithm),
  ['jwt_decrypt_secret', encoded(0)],
  ['jwt_decrypt_jwk', jsonKey],
  ['json_query', word(1, ['int'], true)],
  ['mqtt_field_value', mqtt],
  ['url_enc', word(0, ['query'], true)],
  [
    'when',
    matches(
      0,
      /^!?(stopping|normal|error|forwarded|toapplet|processed|acl)$/,
      'stopping, normal, error, forwarded, toapplet, processed or acl',
    ),
  ],
  ...named('protobuf ungrpc', protobuf),
  ['sha2', matches(0, /^(\+?0*(224|256|384|512))?$/, '224, 256, 384 or 512')],
  ...named('field word', list),
  ['param', matches(1, /^(.|0x..)$/s, 'one character')],
  ...named('capture.req.hdr capture.res.hdr', captureNumber),
  ...named('accept_date request_date', word(0, UNITS)),
  ...named('date http_date', word(1, UNITS)),
  ...named('fc_rtt fc_rttvar bc_rtt bc_rttvar', roundTrip),
  ['bool', matches(0, /^(true|false|0|1)$/i, 'true or false')],
  ['meth', matches(0, /^[A-Za-z0-9!#$%&'*+.^_`|~-]*$/, 'a method')],
  ...named('hdr hdr_ip hdr_val shdr shdr_ip shdr_val', occurrence),
  ...['req', 'res'].flatMap((side) =>
    named(`${side}.hdr ${side}.fhdr ${side}.hdr_ip ${side}.hdr_val`, occurrence),
  ),
  [
    'uuid',
    (args, version) =>
      matches(
        0,
        atLeast(version, '3.0') ? /^(\+?0*[47])?$/ : /^(\+?0*4)?$/,
        'a version: 4 or 7',
      )(args, version),
  ],
  ...named('ssl_c_i_dn ssl_c_r_dn ssl_c_s_dn ssl_f_i_dn ssl_f_s_dn ssl_s_i_dn ssl_s_s_dn', distinguished),
  ['query', word(0, ['with_qm'], true)],
  ['fc_pp_tlv', matches(0, TLV, 'the name or number of a TLV')],
  ...named('payload_lv req.payload_lv res.payload_lv', lengthValue),
  ...named('distcc_body distcc_param', matches(0, /^.{4}$/s, 'four characters', true)),
  ...named(
    'internal.htx_blk.data internal.htx_blk.hdrname internal.htx_blk.hdrval internal.htx_blk.size ' +
      'internal.htx_blk.start_line internal.htx_blk.type',
    position,
  ),
]);

/**
 * What HAProxy refuses in the arguments of a fetch or converter although their number and types are right.
 * @param args those that are written; a rule may ask for one that is left out
 */
export function argumentFault(
  name: string,
  args: Arguments,
  version: HaproxyVersion,
): ArgumentFault | undefined {
  return RULES.get(name)?.(args, version);
}

/** Fetches and converters whose argument names an ACL of the section: which argument, or all of them. */
export function aclArguments(name: string, args: readonly string[]): readonly number[] {
  if (name === 'acl') return args.map((_, at) => at);
  return name === 'when' && args[0]?.replace('!', '') === 'acl' ? [1] : [];
}
