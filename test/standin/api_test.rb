# frozen_string_literal: true

require_relative 'support'

class ApiTest < StandinTest
  def test_without_a_token_nothing_is_told
    ['/version', '/user', '/projects/1/issues'].each do |path|
      refute_equal 200, call('GET', "/api/v4#{path}").status, path
    end
    assert_equal [401, { 'message' => '401 Unauthorized' }], answer(call('GET', '/api/v4/version', nil, private_token: 'wrong'))
  end

  def test_the_version_is_the_clusters
    assert_equal({ 'version' => '16.11.6', 'revision' => 'stand-in', 'enterprise' => false }, json(api('GET', '/version')))
    bearer = call('GET', '/api/v4/version', nil, authorization: "Bearer #{TOKEN}")
    assert_equal 200, bearer.status
  end

  def test_a_project_gets_a_repository_and_addresses
    made = project
    assert_equal "https://gitlab.example.com/root/#{made['name']}.git", made['http_url_to_repo']
    assert_equal "git@gitlab.example.com:root/#{made['name']}.git", made['ssh_url_to_repo']
    path = "@hashed/#{digest(made).then { |sum| "#{sum[0, 2]}/#{sum[2, 2]}/#{sum}" }}.git"
    assert_includes context.gitaly.created, path
    assert_equal made, json(api('GET', "/projects/root%2F#{made['name']}"))
    assert_equal [400, { 'message' => { 'path' => ['has already been taken'] } }], answer(api('POST', '/projects', { name: made['name'] }))
  end

  def test_a_project_whose_repository_could_not_be_made_is_made_by_the_next_attempt
    name = "p#{SecureRandom.hex(6)}"
    context.gitaly.away = true
    refused = api('POST', '/projects', { name: name })
    assert_equal [503, '1'], [refused.status, refused['retry-after']]
    context.gitaly.away = false
    made = api('POST', '/projects', { name: name })
    assert_equal [201, "root/#{name}"], [made.status, json(made)['path_with_namespace']]
    assert_equal 400, api('POST', '/projects', { name: name }).status
  ensure
    context.gitaly.away = false
  end

  def test_projects_are_listed_page_by_page_for_who_may_read_them
    made = Array.new(3) { project['id'] }
    total = context.database.sequel[:projects].count
    listed = (1..total.fdiv(2).ceil).flat_map { |page| json(api('GET', "/projects?per_page=2&page=#{page}")).map { |one| one['id'] } }
    assert_equal [total, made], [listed.uniq.size, listed.last(3)]
    assert_equal [], json(api('GET', "/projects?per_page=2&page=#{total}"))
    assert_equal [], json(call('GET', '/api/v4/projects'))
    context.database.sequel[:projects].where(id: made.last).update(visibility: 'public')
    assert_equal [made.last], json(call('GET', '/api/v4/projects')).map { |one| one['id'] }
  ensure
    context.database.sequel[:projects].update(visibility: 'private')
  end

  def test_a_database_that_takes_no_writes_any_more_is_away_and_what_it_refuses_otherwise_is_no_failover
    writing = ->(sql, **options) { context.database.sequel.transaction(**options) { context.database.sequel.run(sql) } }
    {
      -> { writing.('UPDATE users SET name = name', read_only: true) } => [503, '1'],
      -> { writing.('SELECT 1 / 0') } => [500, nil]
    }.each do |failing, expected|
      context.store(Standin::Store::Users).stub(:by_token, ->(_) { failing.call }) do
        answer = api('GET', '/user')
        assert_equal expected, [answer.status, answer['retry-after']]
      end
    end
  end

  def test_a_write_during_a_switchover_is_tried_again
    attempts = 0
    context.database.lasting do
      attempts += 1
      context.database.sequel.run('SET TRANSACTION READ ONLY') if attempts == 1
      context.database.sequel.run('UPDATE users SET name = name')
    end
    assert_equal 2, attempts
  end

  def test_what_is_missing_or_wrong_is_named
    made = project['id']
    {
      ['POST', '/projects', {}] => [400, 'name is missing, path is missing'],
      ['POST', '/projects', { name: '../etc' }] => [400, { 'path' => ['can contain only letters, digits, underscores, dashes and dots'] }],
      ['POST', "/projects/#{made}/issues", {}] => [400, 'title is missing'],
      ['POST', '/user/keys', { title: 'k', key: 'no key' }] => [400, { 'key' => ['is invalid'] }],
      ['GET', '/projects/999999', nil] => [404, '404 Project Not Found'],
      ['GET', "/projects/#{made}/jobs/1", nil] => [404, '404 Not found'],
      ['GET', '/nothing', nil] => [404, '404 Not Found']
    }.each do |call, (code, message)|
      assert_equal [code, { 'message' => message }], answer(api(*call)), call.inspect
    end
    broken = app.post("/api/v4/projects/#{made}/issues", input: '{', 'CONTENT_TYPE' => 'application/json', 'HTTP_PRIVATE_TOKEN' => TOKEN)
    assert_equal 400, broken.status
  end

  def test_a_project_that_could_never_be_made_leaves_nothing
    ['x.git', 'x.atom', 'a b', '../x', 'n' * 256, { a: 1 }].each do |name|
      assert_equal 400, api('POST', '/projects', { name: name }).status, name
    end
    ['../../x', 'a b~^', 'x.lock', 'a..b', '/a', 'a/', '-a', ''].each do |branch|
      name = "p#{SecureRandom.hex(6)}"
      refused = api('POST', '/projects', { name: name, default_branch: branch })
      assert_equal [400, { 'message' => { 'default_branch' => ['is no name of a branch'] } }], answer(refused), branch
      assert_equal 201, api('POST', '/projects', { name: name, default_branch: 'release/1.x' }).status, branch
    end
    [[], 1, nil].each { |body| assert_equal 400, api('POST', '/projects', body).status, body.inspect }
  end

  def test_issues_are_numbered_within_their_project
    one = project['id']
    other = project['id']
    numbers = [one, one, other].map { |id| json(api('POST', "/projects/#{id}/issues", { title: 'x' }))['iid'] }
    assert_equal [1, 2, 1], numbers
    listed = api('GET', "/projects/#{one}/issues?per_page=1")
    assert_equal [[2], '2'], [json(listed).map { |row| row['iid'] }, listed['x-total']]
  end

  def test_writers_side_by_side_get_a_number_each
    id = project['id']
    made = Array.new(12) { Thread.new { json(api('POST', "/projects/#{id}/issues", { title: 'x' }))['iid'] } }.map(&:value)
    assert_equal (1..12).to_a, made.sort
  end

  def test_the_same_request_again_makes_one_row
    items = context.store(Standin::Store::WorkItems)
    row = { id: project['id'] }
    request = SecureRandom.uuid
    twice = Array.new(2) { context.database.lasting { items.create(:issues, row, root, request, { title: 'once' }) } }
    assert_equal 1, twice.map { |one| one[:id] }.uniq.size
  end

  private

  def answer(response) = [response.status, json(response)]
  def digest(made) = Digest::SHA256.hexdigest(made['path_with_namespace'])
end
