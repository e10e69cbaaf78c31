# frozen_string_literal: true

require_relative 'support'

class PageTest < StandinTest
  def setup
    @project = project
    context.gitaly.define_singleton_method(:replicas) do |_project|
      [{ storage: 'gitaly-1', checksum: 'a' * 40, primary: true }, { storage: 'gitaly-2', checksum: 'a' * 40, primary: false }]
    end
  end

  def test_a_visitor_sees_who_serves_and_leads_but_no_projects
    page = call('GET', '/')
    assert_includes page.body, 'served by <strong>node1</strong>'
    assert_includes page.body, "localhost · 127.0.0.1:#{Servers::PORTS[:redis]}"
    assert_includes page.body, 'stand-in'
    refute_includes page.body, @project['name']
  end

  def test_who_signs_in_sees_projects_with_their_replicas
    entered = enter('root', 'rather-long-password')
    assert_equal 303, entered.status
    assert_match(/; HttpOnly/i, entered['set-cookie'])
    assert_match(/; SameSite=Strict/i, entered['set-cookie'])
    page = call('GET', '/', nil, cookie: entered['set-cookie'][/[^;]+/])
    assert_includes row(page), 'gitaly-1 · primary'
    refute_includes row(page), 'gitaly-2 · behind'
  end

  def test_a_replica_that_is_not_as_its_primary_is_marked
    context.gitaly.define_singleton_method(:replicas) do |_project|
      [{ storage: 'gitaly-1', checksum: 'a' * 40, primary: true }, { storage: 'gitaly-2', checksum: 'b' * 40, primary: false }]
    end
    entered = enter('root', 'rather-long-password')
    page = call('GET', '/', nil, cookie: entered['set-cookie'][/[^;]+/])
    assert_includes row(page), 'gitaly-2 · behind'
  end

  def test_a_wrong_password_and_an_invented_session_are_nobody
    assert_equal 401, enter('root', 'wrong').status
    refute_includes call('GET', '/', nil, cookie: "_gitlab_session=#{'a' * 48}").body, @project['name']
    assert_equal 200, call('GET', '/', nil, cookie: '_gitlab_session=../x').status
  end

  private

  # What the page says of this test's project: those of other tests are on it, too.
  def row(page)
    page.body.force_encoding('UTF-8').scan(%r{<tr>.*?</tr>}m).find { |row| row.include?(@project['path_with_namespace']) }.to_s
  end

  def enter(login, password)
    app.post('/users/sign_in', params: { login: login, password: password }, 'REMOTE_ADDR' => '127.0.0.1')
  end
end
