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
    assert_includes page.body, "127.0.0.1:#{Servers::PORTS[:redis]}"
    assert_includes page.body, 'stand-in'
    refute_includes page.body, @project['name']
  end

  def test_who_signs_in_sees_projects_with_their_replicas
    entered = enter('root', 'rather-long-password')
    assert_equal 303, entered.status
    assert_match(/; HttpOnly/i, entered['set-cookie'])
    assert_match(/; SameSite=Strict/i, entered['set-cookie'])
    page = call('GET', '/', nil, cookie: entered['set-cookie'][/[^;]+/])
    assert_includes page.body, @project['path_with_namespace']
    assert_includes page.body, 'gitaly-1 · primary'
  end

  def test_a_wrong_password_and_an_invented_session_are_nobody
    assert_equal 401, enter('root', 'wrong').status
    refute_includes call('GET', '/', nil, cookie: "_gitlab_session=#{'a' * 48}").body, @project['name']
    assert_equal 200, call('GET', '/', nil, cookie: '_gitlab_session=../x').status
  end

  private

  def enter(login, password)
    app.post('/users/sign_in', params: { login: login, password: password }, 'REMOTE_ADDR' => '127.0.0.1')
  end
end
