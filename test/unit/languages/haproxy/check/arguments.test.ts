import { describe, expect, it } from 'vitest';
import { lintHaproxy } from '../../../../../src/languages/haproxy/lint';
import { readHaproxy } from '../../../../../src/languages/haproxy/subject';

/** Errors of a frontend with these lines, as `CODE what is marked: message`. */
function errors(lines: readonly string[], version: string): string[] {
  const text = ['frontend web', ' bind 10.30.0.5:80', ...lines.map((line) => ` ${line}`), ''].join('\n');
  const rows = text.split('\n');
  return lintHaproxy(readHaproxy(text, version), 'haproxy.cfg')
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, message, range: { start, end } }) =>
        `${code} ${rows[start.line]?.slice(start.character, end.character) ?? ''}: ${message}`,
    );
}

const setting = (expression: string): string[] => [`http-request set-var(txn.y) ${expression}`];

describe('arguments HAProxy refuses although their number is right', () => {
  it.each([
    ['str(x),be2dec(.)', 'be2dec(.)', '"" in "be2dec" is not a number from 1 to 8.'],
    ['str(x),be2dec(.,9)', '9', '"9" in "be2dec" is not a number from 1 to 8.'],
    ['str(x),be2hex(.)', 'be2hex(.)', '"" in "be2hex" is not a number of at least 1.'],
    ['str(x),be2hex(.,2,3)', '3', '"3" in "be2hex" is not 0 or 1.'],
    ['str(x),bytes(-1)', '-1', '"-1" in "bytes" is not a variable or a number of at least 0.'],
    ['str(x),bytes(0,0)', '0', '"0" in "bytes" is not a variable or a number of at least 1.'],
    ['str(x),concat(,b,y)', 'b', '"b" in "concat" is not a variable such as txn.name.'],
    ['str(x),strcmp', 'strcmp', '"" in "strcmp" is not a variable such as txn.name.'],
    ['str(x),digest(sha999)', 'sha999', '"sha999" in "digest" is not a digest OpenSSL knows, e.g. sha256.'],
    ['str(x),hmac(sha256,xx)', 'xx', '"xx" in "hmac" is not a variable or text in base64.'],
    ['str(x),aes_gcm_dec(129,txn.n,txn.k,txn.t)', '129', '"129" in "aes_gcm_dec" is not 128, 192 or 256.'],
    [
      'str(x),aes_gcm_enc(128,txn.n,txn.k,eHh4)',
      'eHh4',
      '"eHh4" in "aes_gcm_enc" is not a variable such as txn.tag.',
    ],
    ['str(x),fix_tag_value(x)', 'x', '"x" in "fix_tag_value" is not the name or number of a FIX tag.'],
    ['str(x),json(latin1)', 'latin1', '"latin1" in "json" is not one of: ascii, utf8, utf8s, utf8p, utf8ps.'],
    ['str(x),jwt_payload_query($.a,str)', 'str', '"str" in "jwt_payload_query" is not one of: int.'],
    [
      'str(x),mqtt_field_value(suback,flags)',
      'flags',
      '"flags" in "mqtt_field_value" is not a field of "suback": 31, 38.',
    ],
    ['str(x),url_enc(path)', 'path', '"path" in "url_enc" is not one of: query.'],
    ['str(x),ungrpc(1.x)', '1.x', '"1.x" in "ungrpc" is not the number of a field, e.g. 1.2.'],
    ['src,ipmask(24,129)', '129', '"129" in "ipmask" is not an IPv6 mask.'],
    ['str(x),sha2(255)', '255', '"255" in "sha2" is not 224, 256, 384 or 512.'],
    ['str(x),word(0,:)', '0', '"0" in "word" is not a number other than 0.'],
    ['date(0,m)', 'm', '"m" in "date" is not one of: s, ms, us.'],
    ['bool(yes)', 'yes', '"yes" in "bool" is not true or false.'],
    ['req.hdr(x,-11)', '-11', '"-11" in "req.hdr" is not a number of at least -10.'],
    ['fc_pp_tlv(256)', '256', '"256" in "fc_pp_tlv" is not the name or number of a TLV.'],
    ['bin(5)', '5', '"5" in "bin" is not pairs of hexadecimal digits.'],
  ])('%s', (expression, marked, message) => {
    expect(errors(setting(expression), '3.0')).toEqual([`HAP035 ${marked}: ${message}`]);
  });

  it.each([
    'str(x),be2dec(.,2,1)',
    'str(x),be2hex()',
    'str(x),be2hex(.,2)',
    'str(x),bytes(txn.a,txn.b)',
    'str(x),concat(x)',
    'str(x),add_item(x,,y)',
    'str(x),digest(SHA512-256)',
    'str(x),hmac(sha256,)',
    'str(x),hmac(sha256,eHh4)',
    'str(x),aes_gcm_dec(128,txn.a,Zm9vb2Zvb29mb29wZm9vbw==,txn.t)',
    'str(x),fix_tag_value(msgtype)',
    'str(x),json_query($.a,int)',
    'str(x),jwt_verify(txn.alg,"/etc/haproxy/key.pem")',
    'str(x),mqtt_field_value(1,33)',
    'str(x),protobuf(1.2,int32)',
    'src,ipmask(24,ffff::)',
    'str(x),param(a)',
    'fc_rtt',
    'meth(GET)',
    'ssl_c_s_dn(CN,1,)',
    'fc_pp_tlv(0x21)',
  ])('takes %s', (expression) => {
    expect(errors(setting(expression), '3.0')).toEqual([]);
  });

  it.each([
    ['2.6', 'str(x),bytes(0,0)', 0],
    ['3.4', 'str(x),bytes(0,0)', 1],
    ['3.0', 'capture.req.hdr(-1)', 0],
    ['3.2', 'capture.req.hdr(-1)', 1],
    ['3.0', 'uuid(7)', 0],
    ['2.6', 'uuid(7)', 1],
    ['3.0', 'str(x),debug(x,nosuch)', 1],
    ['3.4', 'str(x),debug(x,nosuch)', 0],
  ])('%s: %s', (version, expression, count) => {
    expect(errors(setting(expression), version)).toHaveLength(count);
  });
});

describe('what HAProxy takes for an argument that is left out', () => {
  it.each([
    ['acl busy src_conn_rate gt 10', ['HAP044 src_conn_rate: No section "web" holds a stick-table.']],
    ['acl busy queue gt 10', ['HAP035 queue: "queue" needs the name of a backend: "web" is none.']],
    ['acl up srv_is_up', ['HAP035 srv_is_up: "srv_is_up" needs the name of a server.']],
    ['acl busy fe_sess_rate gt 10', []],
  ])('%s', (line, expected) => {
    expect(errors([line], '3.0')).toEqual(expected);
  });
});

describe('ACLs named by an argument', () => {
  it('must be declared above, and are in use', () => {
    const text =
      'frontend web\n bind :80\n acl local src 10.0.0.0/8\n http-request deny if { acl(!local) -m bool }\n';
    expect(lintHaproxy(readHaproxy(text, '3.0'), 'x.cfg').map(({ code }) => code)).not.toContain('HAP321');
    expect(errors(setting('str(x),when(acl,nosuch)'), '3.0')).toEqual([
      'HAP037 nosuch: No ACL "nosuch" is declared before this line.',
    ]);
  });
});
