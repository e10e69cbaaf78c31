import { truthy } from '../../evaluate/value';
import type { GitlabRbRule } from '../gitlab-rb-rule';
import { enabled, keySpan, knownAt, stringAt, textsAt, unset } from '../support/read';
import { plainAt } from '../support/template';

const TOPIC = 'Operation';

const ROOT_PASSWORD: GitlabRbRule = {
  id: 'GLR212',
  severity: 'information',
  topic: TOPIC,
  title: 'The first password of root stays in the file',
  check(subject, report) {
    const password = plainAt(subject, 'gitlab_rails', 'initial_root_password');
    // A shorter one is refused, which weighs more.
    if (password === undefined || password.value.length < 8) return;
    report({
      span: password.span,
      message:
        'initial_root_password counts at the first installation only, and can be read here ever after.',
      remedy: 'Remove the line after the first installation, and change the password in GitLab.',
    });
  },
};

const INLINE_KEYS: GitlabRbRule = {
  id: 'GLR213',
  severity: 'information',
  topic: TOPIC,
  title: 'A key of the database stands in gitlab.rb',
  check(subject, report) {
    for (const key of ['db_key_base', 'secret_key_base', 'otp_key_base']) {
      const found = plainAt(subject, 'gitlab_rails', key);
      const span = keySpan(subject, 'gitlab_rails', key);
      if (found === undefined || span === undefined) continue;
      report({
        span,
        message: `${key} is written here instead of in gitlab-secrets.json: when it differs on a node or is lost, what it encrypted cannot be read.`,
        remedy:
          'Let /etc/gitlab/gitlab-secrets.json hold it, the same file on every node, and back that file up.',
      });
    }
  },
};

const MAIL: GitlabRbRule = {
  id: 'GLR214',
  severity: 'error',
  topic: TOPIC,
  title: 'Mail is told to use TLS in two ways',
  check(subject, report) {
    const on = knownAt(subject, 'gitlab_rails', 'smtp_enable');
    if (on === undefined || !truthy(on.value)) return;
    const tls = knownAt(subject, 'gitlab_rails', 'smtp_tls');
    const startTls = knownAt(subject, 'gitlab_rails', 'smtp_enable_starttls_auto');
    if (tls !== undefined && startTls !== undefined && truthy(tls.value) && truthy(startTls.value)) {
      report({
        span: tls.span,
        message: 'smtp_tls and smtp_enable_starttls_auto are both on: gitlab-ctl reconfigure stops.',
        remedy: 'Set one of them to false: smtp_tls is usual at port 465, STARTTLS at 587.',
        related: { span: startTls.span, message: 'The other one.' },
      });
    }
  },
};

/** Accounts whose numbers matter where several machines share or restore files, with the service they belong to. */
const ACCOUNTS: readonly (readonly [root: string, title: string, service: string | undefined])[] = [
  ['user', 'git', undefined],
  ['web_server', 'gitlab-www', 'nginx'],
  ['redis', 'gitlab-redis', 'redis'],
  ['postgresql', 'gitlab-psql', 'postgresql'],
  ['prometheus', 'gitlab-prometheus', 'prometheus'],
  ['consul', 'gitlab-consul', 'consul'],
];

const SOME_IDS: GitlabRbRule = {
  id: 'GLR216',
  severity: 'information',
  topic: TOPIC,
  title: 'Only some accounts have a fixed number',
  check(subject, report) {
    const fixed = ACCOUNTS.filter(([root]) => knownAt(subject, root, 'uid') !== undefined);
    const open = ACCOUNTS.filter(
      ([root, , service]) =>
        unset(subject, root, 'uid') && (service === undefined || enabled(subject, service) === true),
    );
    const [first] = fixed;
    if (first === undefined || open.length === 0) return;
    const span = keySpan(subject, first[0], 'uid');
    if (span === undefined) return;
    report({
      span,
      message: `Some accounts have a fixed uid, but not ${open.map(([, title]) => title).join(', ')}: on another node they may get other numbers.`,
      remedy: `Fix all of them before the first installation, e.g. ${open[0]?.[0] ?? ''}['uid'] and ['gid'].`,
    });
  },
};

const ALL_PROXIES: GitlabRbRule = {
  id: 'GLR219',
  severity: 'information',
  topic: TOPIC,
  title: 'Every client is trusted as a proxy',
  check(subject, report) {
    for (const { value, span } of textsAt(subject, 'gitlab_rails', 'trusted_proxies')?.value ?? []) {
      if (!/^(0\.0\.0\.0|::)\/0$/.test(value)) continue;
      report({
        span,
        message: `${value} is everybody: any client may claim any address, and blocks and limits by address do not hold.`,
        remedy: 'Name the load balancers only.',
      });
    }
  },
};

const SHELL_SECRET: GitlabRbRule = {
  id: 'GLR220',
  severity: 'warning',
  topic: TOPIC,
  title: "Gitaly's secret differs from GitLab Shell's",
  check(subject, report) {
    const shell = stringAt(subject, 'gitlab_shell', 'secret_token');
    const gitaly = stringAt(subject, 'gitaly', 'gitlab_secret');
    if (shell === undefined || gitaly === undefined || shell.value === gitaly.value) return;
    report({
      span: gitaly.span,
      message:
        "gitaly['gitlab_secret'] and gitlab_shell['secret_token'] differ: GitLab refuses what Gitaly's hooks ask, and every push fails.",
      remedy: 'Write the same text in both, or only the second: Gitaly takes it over.',
      related: { span: shell.span, message: "GitLab Shell's secret." },
    });
  },
};

/** Rules about secrets, accounts and mail. */
export const SECRET_RULES: readonly GitlabRbRule[] = [
  ROOT_PASSWORD,
  INLINE_KEYS,
  MAIL,
  SOME_IDS,
  ALL_PROXIES,
  SHELL_SECRET,
];
