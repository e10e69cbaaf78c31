import { lazy } from '../../core/data/lazy';
import type { SubjectPart } from '../../core/rules/rule';
import { DocumentCheck, type Checked } from '../check/check-document';
import type { HaproxySubject } from './haproxy-subject';
import type { Lent } from './lent-proxy';
import { createMeaning } from './meant';
import { proxiesOf, type Proxy } from './proxies';
import { isForGitlab, isWebBackend } from './roles';
import type { HaproxyDocument } from '../syntax/document';

/** What was found by going through all parts. */
interface Found {
  readonly checked: Checked;
  readonly proxies: readonly Proxy[];
  readonly gitlabBackends: readonly Proxy[];
}

/** The subject of a document in parts: it is checked as somebody goes through them, or when its results are asked for. */
export function longSubject(document: HaproxyDocument): HaproxySubject {
  const forGitlab = lazy(() => isForGitlab(document));
  let found: Found | undefined;
  function* parts(): Generator<SubjectPart<HaproxySubject>> {
    const check = new DocumentCheck(document);
    const proxies: Proxy[] = [];
    const backends: Proxy[] = [];
    const asMeant = createMeaning();
    const lent: Lent = {};
    for (const part of document.parts()) {
      check.part(part);
      const own = proxiesOf(part.document, asMeant);
      const gitlabBackends = forGitlab() ? own.filter(isWebBackend) : [];
      for (const proxy of own) {
        const kept = proxy.afresh(lent);
        proxies.push(kept);
        if (gitlabBackends.includes(proxy)) backends.push(kept);
      }
      const about = { checked: check.found, proxies: own, forGitlab: forGitlab(), gitlabBackends };
      yield { span: part.span, subject: { ...about, document: part.document } };
    }
    found = { checked: check.finish(), proxies, gitlabBackends: backends };
  }
  const all = (): Found => {
    const through = parts();
    while (found === undefined) through.next();
    return found;
  };
  const subject: HaproxySubject = {
    document,
    get checked() {
      return all().checked;
    },
    get proxies() {
      return all().proxies;
    },
    get forGitlab() {
      return forGitlab();
    },
    get gitlabBackends() {
      return all().gitlabBackends;
    },
    parts,
  };
  return subject;
}
