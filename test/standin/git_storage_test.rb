# frozen_string_literal: true

require_relative 'support'

# The application with a real Gitaly, which is Praefect's place taken: what people write, and what git does not take.
class GitStorageTest < StandinTest
  TOKEN_OF_GITALY = 'token-of-the-tests'

  # One for all tests here, without hooks: those would ask an application that listens somewhere.
  module Server
    PORT = 28_075
    DIRECTORY = File.join(Servers::DIRECTORY, 'gitaly')
    CONFIG = <<~TOML
      listen_addr = "127.0.0.1:#{PORT}"
      bin_dir = "/opt/gitlab/embedded/bin"
      runtime_dir = "#{DIRECTORY}/run"
      git = { bin_path = "/usr/bin/git" }
      auth = { token = "#{TOKEN_OF_GITALY}" }
      gitlab = { url = "http://127.0.0.1:1", secret = "x" }
      storage = [{ name = "default", path = "#{DIRECTORY}/repositories" }]
    TOML

    def self.git = @git ||= started

    def self.started
      FileUtils.mkdir_p(["#{DIRECTORY}/run", "#{DIRECTORY}/repositories"])
      File.write("#{DIRECTORY}/config.toml", CONFIG)
      pid = spawn({ 'GITALY_TESTING_NO_GIT_HOOKS' => '1' }, '/opt/gitlab/embedded/bin/gitaly', 'serve', "#{DIRECTORY}/config.toml", %i[out err] => File::NULL)
      Minitest.after_run { Process.kill('KILL', pid) && Process.wait(pid) }
      git = Standin::Git::Gitaly.new(storages: { default: { address: "tcp://127.0.0.1:#{PORT}", token: TOKEN_OF_GITALY } })
      100.times { git.problem('default') ? sleep(0.1) : break }
      git
    end
  end

  def setup
    @noted = context.gitaly
    context.instance_variable_set(:@gitaly, Server.git)
    @project = project
  end

  def teardown = context.instance_variable_set(:@gitaly, @noted)

  def place(more) = "/projects/#{@project['id']}/repository/#{more}"
  def row = context.store(Standin::Store::Projects).find(@project['id'])

  # @return [Array] code, and what is said when it is none of success
  def commit(*actions, branch: 'main', message: 'x', **more)
    files = actions.map { |action, path, content| { action: action, file_path: path, content: content }.compact }
    answer = api('POST', place('commits'), { branch: branch, commit_message: message, actions: files, **more })
    [answer.status, json(answer)['message']].compact
  end

  def git(*words)
    IO.popen(['git', '--git-dir', File.join(Server::DIRECTORY, 'repositories', row[:disk_path]), *words], 'r:UTF-8', &:read)
  end

  def test_text_of_any_language_is_written_and_read
    assert_equal [201], commit(['create', 'tệp/ệ.txt', 'Nội dung: ế'], branch: 'nhánh', message: 'Thêm tệp')
    assert_equal [201], commit(['update', 'tệp/ệ.txt', "\u{1F980}"], branch: 'nhánh-2', start_branch: 'nhánh', message: "Sửa tệp\n\nđã xong")
    assert_equal ['Nội dung: ế', "\u{1F980}"], %w[nhánh nhánh-2].map { |branch| git('show', "#{branch}:tệp/ệ.txt") }
    listed = json(api('GET', place("commits?ref_name=#{URI.encode_uri_component('nhánh-2')}")))
    assert_equal [['Sửa tệp', "Sửa tệp\n\nđã xong"], ['Thêm tệp', 'Thêm tệp']], listed.map { |one| one.values_at('title', 'message') }
    assert_equal %w[nhánh nhánh-2], json(api('GET', place('branches'))).map { |one| one['name'] }
  end

  def test_the_author_is_written_as_he_is_called
    context.database.sequel[:users].where(username: 'root').update(name: 'Nguyễn Thị Ánh')
    assert_equal [201], commit(%w[create a x])
    assert_equal 'Nguyễn Thị Ánh', json(api('GET', place('commits')))[0]['author_name']
    assert_equal "Nguyễn Thị Ánh\n", git('log', '-1', '--format=%cn', 'main')
    context.database.sequel[:users].where(username: 'root').update(name: '<>')
    assert_equal [400, 'commit: failed to parse signature - Signature cannot have an empty name or email'], commit(%w[update a y])
  ensure
    context.database.sequel[:users].where(username: 'root').update(name: 'Administrator')
  end

  def test_a_default_branch_has_a_name_of_any_language
    @project = json(api('POST', '/projects', { name: "p#{SecureRandom.hex(6)}", default_branch: 'chính', initialize_with_readme: true }))
    assert_equal ['chính'], json(api('GET', place('branches'))).map { |one| one['name'] }
    assert_equal "refs/heads/chính\n", git('symbolic-ref', 'HEAD')
  end

  def test_a_clone_begins_with_the_default_branch_as_it_was_changed
    commit(%w[create a x])
    commit(%w[create b x], branch: 'phát-triển', start_branch: 'main')
    assert_equal 400, api('PUT', "/projects/#{@project['id']}", { default_branch: 'phát' }).status
    assert_equal "refs/heads/main\n", git('symbolic-ref', 'HEAD')
    assert_equal 200, api('PUT', "/projects/#{@project['id']}", { default_branch: 'phát-triển' }).status
    assert_equal "refs/heads/phát-triển\n", git('symbolic-ref', 'HEAD')
  end

  def test_what_cannot_be_done_to_a_file_is_told_with_the_reason
    assert_equal [201], commit(%w[create a x], %w[create d/e x])
    there = 'A file with this name already exists'
    missing = "A file with this name doesn't exist"
    {
      ['create', '.git/config', 'x'] => "invalid path: '.git/config'", ['update', '.git/config', 'x'] => "invalid path: '.git/config'",
      ['delete', '.git/config'] => "invalid path: '.git/config'", ['create', 'đ/.git/x', 'x'] => "invalid path: 'đ/.git/x'",
      ['create', '.GIT/x', 'x'] => "invalid path: '.GIT/x'", ['create', 'a/b', 'x'] => "invalid path: 'a/b'",
      ['create', '../x', 'x'] => 'Path cannot include directory traversal', ['create', 'a', 'y'] => there,
      ['update', 'zz', 'x'] => missing, ['delete', 'zz'] => missing, ['update', 'a/b', 'x'] => missing, ['delete', 'a/b'] => missing
    }.each { |action, reason| assert_equal [400, reason], commit(action), action.inspect }
    assert_equal [400, "invalid path: one of 'ok', 'a/b'"], commit(%w[create ok x], %w[create a/b x])
    assert_equal [400, 'You can only create or edit files when you are on a branch'], commit(%w[create n x], branch: 'new', start_branch: 'không')
    assert_equal [400, 'reference update: invalid reference format'], commit(%w[create n x], branch: 'ế..ế')
    assert_equal 1, json(api('GET', place('commits'))).size
  end

  def test_a_branch_whose_name_is_no_text_is_listed_with_what_can_be_read_of_it
    assert_equal [201], commit(%w[create a x])
    git('update-ref', "refs/heads/b\xE9d".b, 'main')
    assert_equal %W[b\uFFFDd main], json(api('GET', place('branches'))).map { |one| one['name'] }
  end

  def test_a_revision_that_git_cannot_look_for_has_no_commits
    commit(%w[create a x])
    ['không', 'ế' * 255, '@{9}', 'a b'].each do |name|
      assert_equal [404, '404 Commit Not Found'], api('GET', place("commits?ref_name=#{URI.encode_uri_component(name)}")).then { |one| [one.status, json(one)['message']] }, name
    end
  end
end
