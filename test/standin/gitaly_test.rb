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

  USER = { id: 1, name: 'A', username: 'a' }.freeze
  ASKED = { branch: 'main', message: 'x', actions: [{ action: :CREATE, path: 'a', content: 'x' }] }.freeze

  def failing(error)
    git = Standin::Git::Gitaly.new(storages: {})
    git.define_singleton_method(:call) { |*| raise error }
    git.define_singleton_method(:metadata) { |*| {} }
    git
  end

  def test_what_a_hook_says_is_for_who_asked
    said = '13:update reference: running pre-receive hooks: GitLab: You are not allowed to push code to protected branches.'
    refused = assert_raises(Standin::Git::Gitaly::Refused) { failing(GRPC::Internal.new(said)).write(PROJECT, USER, **ASKED) }
    assert_equal 'You are not allowed to push code to protected branches.', refused.message
    assert_raises(GRPC::Internal) { failing(GRPC::Internal.new('update reference: exit status 128')).write(PROJECT, USER, **ASKED) }
  end

  def test_what_cannot_be_done_to_a_file_is_the_askers_mistake
    [GRPC::AlreadyExists, GRPC::NotFound, GRPC::InvalidArgument].each do |error|
      assert_raises(ArgumentError) { failing(error.new('A file with this name already exists')).write(PROJECT, USER, **ASKED) }
    end
  end

  def test_only_what_does_not_answer_is_away
    {
      GRPC::Unavailable.new('failed to connect') => 503, GRPC::DeadlineExceeded.new('Deadline Exceeded') => 503,
      GRPC::Internal.new('primary gitaly is not healthy') => 503, GRPC::Aborted.new('transaction was aborted') => 503,
      Standin::Git::Gitaly::Unavailable.new('no primary') => 503,
      GRPC::Internal.new('writing object: exit status 128') => 500, GRPC::InvalidArgument.new("b\xE9d".b) => 500, GRPC::NotFound.new('x') => 500
    }.each do |error, code|
      answer = context.gitaly.stub(:branches, ->(_) { raise error }) { api('GET', "/projects/#{@listed ||= project['id']}/repository/branches") }
      assert_equal [code, code == 503 ? '1' : nil], [answer.status, answer['retry-after']], error.inspect
    end
  end

  def test_a_revision_that_is_not_there_has_no_commits
    said = "ambiguous argument 'main': unknown revision or path not in the working tree"
    assert_nil failing(GRPC::Internal.new(said)).commits(PROJECT, revision: 'main', limit: 1)
    assert_raises(GRPC::Unavailable) { failing(GRPC::Unavailable.new('gone')).commits(PROJECT, revision: 'main', limit: 1) }
  end

  def test_replicas_tell_who_is_the_primary
    replica = ->(name) { { repository: { storage_name: name }, checksum: 'x' } }
    git, = asking(Gitaly::RepositoryReplicasResponse.new(primary: replica.('gitaly-2'), replicas: [replica.('gitaly-1')]))
    assert_equal [['gitaly-2', true], ['gitaly-1', false]], git.replicas(PROJECT).map { |one| one.values_at(:storage, :primary) }
  end
end
