/** What a client beside the cluster does; it knows the domain, the authority, the token and the password. */
export const CLIENT = `
set -u
DOMAIN=$1 URL=https://$1
export CURL_CA_BUNDLE=/etc/gitlab/trusted-certs/lab-ca.crt
export GIT_SSL_CAINFO=$CURL_CA_BUNDLE
TOKEN=$(/opt/gitlab/lab/secret rootToken)
PASSWORD=$(/opt/gitlab/lab/secret rootPassword)
SSH="ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o LogLevel=ERROR"
export GIT_TERMINAL_PROMPT=0
api() { curl -sS -m 30 -H "PRIVATE-TOKEN: $TOKEN" -H 'Content-Type: application/json' "$@"; }
mkdir -p /tmp/client && cd /tmp/client
`;
