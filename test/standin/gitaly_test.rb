# frozen_string_literal: true

require_relative 'support'

# What Gitaly would be asked, with a stub in its place that keeps the questions.
class GitalyTest < StandinTest
  PROJECT = { id: 7, storage: 'default', disk_path: '@hashed/a.git', path_with_namespace: 'root/a', name: 'a', default_branch: 'main' }.freeze

  def asking(answer)
    asked = []
    git = Standin::Git::Gitaly.new(storages: { default: { address: 'tcp://praefect.test:2305', token: 'external' } })
    git.define_singleton_method(:call) { |_project, _service, _method, request| (asked << request) && answer }
    [git, asked]
  end

  def page(*ids)
    commits = ids.map { |id| Gitaly::GitCommit.new(id: id, subject: 'one', author: Gitaly::CommitAuthor.new(name: 'A', date: { seconds: 5 })) }
    [Gitaly::ListCommitsResponse.new(commits: commits)]
  end

  def test_commits_of_a_page
    git, asked = asking(page('a', 'b', 'c'))
    assert_equal(%w[b c], git.commits(PROJECT, revision: 'main', limit: 2, offset: 1).map { |one| one[:id] })
    assert_equal ['main'], asked.first.revisions.to_a
    assert_equal 3, asked.first.pagination_params.limit
  end

  def test_a_commit_of_files_takes_its_time_from_the_caller
    git, asked = asking(Gitaly::UserCommitFilesResponse.new(branch_update: { commit_id: 'abc' }))
    actions = [{ action: :CREATE, path: 'README', content: 'one' }, { action: :DELETE, path: 'old' }]
    user = { id: 1, name: 'Administrator', username: 'root' }
    assert_equal 'abc', git.write(PROJECT, user, branch: 'main', message: 'one', actions: actions, at: Time.at(99))
    requests = asked.first.to_a
    assert_equal 99, requests.first.header.timestamp.seconds
    assert_equal [nil, 'README', nil, 'old'], requests.map { |one| one.action&.header&.file_path&.then { |path| path.empty? ? nil : path } }
  end

  def test_whether_a_repository_is_there
    [true, false].each do |there|
      git, asked = asking(Gitaly::RepositoryExistsResponse.new(exists: there))
      assert_equal there, git.exists?(PROJECT)
      assert_equal ['default', '@hashed/a.git'], [asked.first.repository.storage_name, asked.first.repository.relative_path]
    end
  end

  def test_each_attempt_has_more_time_than_the_one_before
    git = Standin::Git::Gitaly.new(storages: {})
    git.define_singleton_method(:sleep) { |_seconds| nil }
    given = []
    git.lasting do |patience|
      given << patience
      raise GRPC::DeadlineExceeded, 'silent' if given.size < 7
    end
    assert_equal [1.5, 2.25, 3.375, 5.0625, 7.59375, 10, 10], given
  end

  def test_replicas_tell_who_is_the_primary
    replica = ->(name) { { repository: { storage_name: name }, checksum: 'x' } }
    git, = asking(Gitaly::RepositoryReplicasResponse.new(primary: replica.('gitaly-2'), replicas: [replica.('gitaly-1')]))
    assert_equal [['gitaly-2', true], ['gitaly-1', false]], git.replicas(PROJECT).map { |one| one.values_at(:storage, :primary) }
  end
end
