# frozen_string_literal: true

require_relative 'support'

class PageTest < StandinTest
  # The first page has those that were made first.
  def setup
    context.database.sequel[:projects].delete
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

  def test_projects_and_jobs_come_page_by_page
    20.times { project }
    total = context.database.sequel[:projects].count
    cookie = enter('root', 'rather-long-password')['set-cookie'][/[^;]+/]
    last = total.fdiv(20).ceil
    pages = (1..last + 1).map { |number| call('GET', "/?page=#{number}", nil, cookie: cookie).body.force_encoding('UTF-8') }
    assert_equal [*[20] * (last - 1), total - (20 * (last - 1)), 0], pages.map { |page| page.scan('<tr>').size.then { |rows| [rows - 1, 0].max } }
    assert_equal [%w[2], %w[1]], [pages.first, pages[1]].map { |page| page.scan(/href="\?page=(\d+)"/).flatten.first(1) }
    assert_equal [last.to_s], pages.last.scan(/href="\?page=(\d+)"/).flatten
    %w[0 x -1 9999999 1%27].each { |number| assert_equal 200, call('GET', "/?page=#{number}", nil, cookie: cookie).status, number }
    jobs = context.store(Standin::Store::Jobs)
    row = context.store(Standin::Store::Projects).find(@project['id'])
    21.times { jobs.ensure(row, root, ref: 'main', sha: SecureRandom.hex(20)) }
    found = [1, 2].map { |number| call('GET', "/#{@project['path_with_namespace']}?page=#{number}", nil, cookie: cookie).body.scan(%r{/-/jobs/\d+}).uniq }
    assert_equal [20, 1, []], [*found.map(&:size), found.reduce(:&)]
  end

  def test_who_has_not_signed_in_is_asked_to_and_then_comes_to_where_the_link_led
    path = "/#{@project['path_with_namespace']}"
    asked = call('GET', path)
    assert_equal [302, "/users/sign_in?back=#{path}"], [asked.status, URI(asked['location']).request_uri]
    assert_equal asked['location'], call('GET', '/root/nowhere')['location'].sub('/root/nowhere', path)
    assert_includes call('GET', "/users/sign_in?back=#{path}").body, "name=\"back\" value=\"#{path}\""
    {
      path => path, '//evil.example' => '/', 'https://evil.example' => '/', '/\\evil.example' => '/', "/a\n" => '/', nil => '/'
    }.each do |back, expected|
      entered = app.post('/users/sign_in', params: { login: 'root', password: 'rather-long-password', back: back }.compact)
      assert_equal expected, URI(entered['location']).path, back.inspect
    end
    cookie = enter('root', 'rather-long-password')['set-cookie'][/[^;]+/]
    ['/root/nowhere', "#{path}/-/jobs/999999999", '/a/b/-/jobs/1'].each { |there| assert_equal 404, call('GET', there, nil, cookie: cookie).status, there }
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
