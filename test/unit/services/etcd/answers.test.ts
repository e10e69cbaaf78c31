import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64,
  parseMembers,
  parseRange,
  parseStatus,
  rangeOf,
} from '../../../../src/services/etcd/answers';

// As etcd 3.5.16 wrote them.
const HEADER =
  '"header":{"cluster_id":"14841639068965178418", "member_id":"10276657743932975437", "revision":"91", "raft_term":"2"}';
const STATUS = `{${HEADER}, "version":"3.5.16", "dbSize":"20480", "leader":"6916402264226821253", "raftIndex":"4", "raftTerm":"2", "raftAppliedIndex":"4", "dbSizeInUse":"16384"}`;
const LEADERLESS = `{${HEADER}, "version":"3.5.16", "dbSize":"20480", "raftIndex":"4", "raftTerm":"3", "errors":["etcdserver: no leader"], "dbSizeInUse":"16384"}`;
const MEMBERS = `{${HEADER}, "members":[{"ID":"10276657743932975437", "name":"node1", "peerURLs":["http://172.30.0.11:2380"], "clientURLs":["http://172.30.0.11:2379"]}, {"ID":"6916402264226821253", "peerURLs":["http://172.30.0.12:2380"], "isLearner":true}]}`;

describe('what a member says of itself', () => {
  test('is its id, whom it follows, and the members as it has them', () => {
    expect(parseStatus(STATUS, MEMBERS)).toEqual({
      id: '10276657743932975437',
      version: '3.5.16',
      leader: '6916402264226821253',
      term: 2,
      learner: false,
      size: 20_480,
      errors: [],
      members: [
        { id: '10276657743932975437', name: 'node1', address: '172.30.0.11', learner: false },
        { id: '6916402264226821253', name: '', address: '172.30.0.12', learner: true },
      ],
    });
  });

  test('is no complaint while it knows of no leader: that is told by the leader that is missing', () => {
    expect(parseStatus(LEADERLESS, '')).toMatchObject({
      leader: undefined,
      term: 3,
      errors: [],
      members: [],
    });
    const zero = STATUS.replace('"6916402264226821253"', '"0"');
    expect(parseStatus(zero, '')?.leader).toBeUndefined();
  });

  test('holds what it complains of', () => {
    const full = STATUS.replace(
      '"version"',
      '"errors":["memberID:10276657743932975437 alarm:NOSPACE "], "version"',
    );
    expect(parseStatus(full, '')?.errors).toEqual(['memberID:10276657743932975437 alarm:NOSPACE ']);
  });

  test.each(['', '{}', '[]', '{"header":7}', '{"error":"etcdserver: request timed out"}'])(
    'is nothing in %j',
    (text) => {
      expect(parseStatus(text, MEMBERS)).toBeUndefined();
      expect(parseMembers(text)).toEqual([]);
      expect(parseRange(text)).toBeUndefined();
    },
  );
});

describe('keys and values', () => {
  test('come in base64, with the revision of the store', () => {
    const answer = `{${HEADER}, "kvs":[{"key":"${base64('/service/a/leader')}", "create_revision":"5", "value":"${base64('node3')}", "lease":"1"}, {"key":"${base64('/service/a/empty')}"}], "count":"2"}`;
    expect(parseRange(answer)).toEqual({
      revision: 91,
      values: new Map([
        ['/service/a/leader', 'node3'],
        ['/service/a/empty', ''],
      ]),
    });
    expect(parseRange(`{${HEADER}}`)).toEqual({ revision: 91, values: new Map() });
  });

  test('below a prefix end where its last byte is one higher', () => {
    expect(rangeOf('/service/a/')).toEqual({ key: base64('/service/a/'), range_end: base64('/service/a0') });
  });
});

test('any text is read without an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      parseStatus(text, text);
      parseRange(text);
    }),
  );
});
