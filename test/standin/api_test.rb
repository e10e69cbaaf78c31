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
