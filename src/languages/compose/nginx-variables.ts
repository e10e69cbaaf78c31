import { lastAtMost } from '../../finding/text-lines';

/** Variables of nginx that snippets use, those of its usual modules; families by their first word. */
const NAMES = new Set(
  `args binary_remote_addr body_bytes_sent bytes_sent connection connection_requests content_length content_type
  date_gmt date_local document_root document_uri host hostname https is_args limit_rate limit_req_status msec
  nginx_version pid pipe query_string realpath_root remote_addr remote_port remote_user request request_body
  request_body_file request_completion request_filename request_id request_length request_method request_time
  request_uri scheme server_addr server_name server_port server_protocol status time_iso8601 time_local uri
  invalid_referer geoip_country_code memcached_key connection_upgrade http2 http3 ancient_browser modern_browser
  msie gzip_ratio secure_link secure_link_expires slice_range uid_got uid_set`.split(/\s+/),
);
const FAMILIES =
  /^(?:arg|cookie|http|sent_http|sent_trailer|proxy|proxy_protocol|realip|ssl|tcpinfo|upstream|fastcgi|auth)_\w+$/;

/** True for a name that nginx gives a value, or by custom a `map` in its configuration. */
export function isNginxVariable(name: string): boolean {
  // In capitals it is one of the environment, whatever its name.
  return name === name.toLowerCase() && name !== 'http_proxy' && (NAMES.has(name) || FAMILIES.test(name));
}

/** Where a setting or a local begins: what follows, also on further lines, is its value. */
const SETTING = /(?:^|;)[ \t]*(?:([a-z]\w*)[ \t]*\[[ \t]*['":]|\w*external_url\b|[A-Za-z_]\w*[ \t]*=[^~=])/gm;

/**
 * Where a gitlab.rb writes for nginx: in a setting of one of its servers, or where the line goes on as nginx's own do,
 * to its semicolon or brace. Elsewhere `$host` may well be a variable that the shell gives to Compose.
 * @returns what tells it of a variable, by the offsets of its begin and end in the text
 */
export function nginxPlaces(text: string): (start: number, end: number) => boolean {
  const settings = [...text.matchAll(SETTING)];
  const starts = settings.map(({ index }) => index);
  return (start, end) => {
    const setting = settings[lastAtMost(starts, start)];
    if (setting !== undefined && setting.index < start && setting[1]?.endsWith('nginx') === true) return true;
    const line = text.slice(end, end + LONGEST_LINE).split('\n', 1)[0] ?? '';
    return /^[^'"]*[;{][ \t]*(?:$|['"\\])/.test(line);
  };
}

/** Lines of nginx are shorter. */
const LONGEST_LINE = 500;
