/** Steps of a stream a profile can speak of; those with a dash are logged by `do-log` rules. */
export const LOG_STEPS: readonly string[] = (
  'accept request connect response close error any quic-init tcp-req-conn tcp-req-sess tcp-req-cont tcp-res-cont ' +
  'http-req http-res http-after-res'
).split(' ');
