import { lineAfter, onLine, withMisspelt, type Mistake } from './mistake';

const never = (): boolean => false;

/** What goes wrong in keepalived.conf. */
export const KEEPALIVED_MISTAKES: readonly Mistake[] = [
  {
    kind: 'keepalived: a keyword misspelt',
    language: 'keepalived',
    seed: onLine(
      /^ {4}(router_id|script_user|interval|timeout|fall|rise|state|interface|virtual_router_id|priority|advert_int|nopreempt|unicast_src_ip)\b/,
      (line, [, word = ''], pick) => withMisspelt(line, word, pick, never),
    ),
  },
  {
    kind: 'keepalived: a router id out of range',
    language: 'keepalived',
    seed: onLine(/^ {4}virtual_router_id \d+/, (line, _, pick) =>
      line.replace(/\d+/, String(256 + pick(1000))),
    ),
  },
  {
    kind: 'keepalived: a priority out of range',
    language: 'keepalived',
    seed: onLine(/^ {4}priority \d+/, (line, _, pick) => line.replace(/\d+/, String(256 + pick(1000)))),
  },
  {
    kind: 'keepalived: a script that is not there',
    language: 'keepalived',
    seed: (text, pick) => {
      const names = [...text.matchAll(/^vrrp_script (\S+)/gm)].map((match) => match[1] ?? '');
      const inside = onLine(new RegExp(`^ {8}(${names.join('|')})\\b`), (line, [, name = '']) =>
        line.replace(name, `${name}_old`),
      );
      return names.length === 0 ? undefined : inside(text, pick);
    },
  },
  {
    kind: 'keepalived: a state that does not exist',
    language: 'keepalived',
    seed: onLine(/^ {4}state (MASTER|BACKUP)/, (line) => line.replace(/MASTER|BACKUP/, 'SLAVE')),
  },
  {
    kind: 'keepalived: two instances with one router id',
    language: 'keepalived',
    seed: (text) => {
      const instance = /^vrrp_instance (\S+) \{[^]*?^\}/m.exec(text);
      if (instance === null) return undefined;
      const [all, name = ''] = instance;
      const copy = all.replace(name, `${name}_two`);
      const before = text.replace(/\n*$/, '\n');
      const at = copy.split('\n').findIndex((line) => /virtual_router_id/.test(line));
      return { text: `${before}\n${copy}\n`, line: before.split('\n').length + at };
    },
  },
  {
    kind: 'keepalived: two instances of one name',
    language: 'keepalived',
    seed: (text) => {
      const instance = /^vrrp_instance \S+ \{[^]*?^\}/m.exec(text);
      if (instance === null) return undefined;
      const copy = instance[0].replace(/virtual_router_id \d+/, 'virtual_router_id 77');
      const before = text.replace(/\n*$/, '\n');
      return { text: `${before}\n${copy}\n`, line: before.split('\n').length };
    },
  },
  {
    kind: 'keepalived: an address that is none',
    language: 'keepalived',
    seed: onLine(/^ {8}\d+\.\d+\.\d+\.(\d+)(\/\d+)?/, (line, [, last = '']) =>
      line.replace(`.${last}`, `.3${last}9`),
    ),
  },
  {
    kind: 'keepalived: an argument forgotten',
    language: 'keepalived',
    seed: onLine(
      /^ {4}(interface|virtual_router_id|priority|advert_int|interval|fall|rise) \S+/,
      (line, [, word = '']) => line.replace(new RegExp(`${word} .*`), word),
    ),
  },
  {
    kind: 'keepalived: a closing brace too many',
    language: 'keepalived',
    seed: lineAfter(/^\}/, () => '}'),
  },
];
