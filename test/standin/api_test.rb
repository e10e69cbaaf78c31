# frozen_string_literal: true

require_relative 'support'
require 'base64'

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
      ['POST', '/projects', { name: '../etc' }] => [400, { 'path' => ['can contain only letters, digits, underscores, dashes and dots'] }],
      ['POST', '/user/keys', { title: 'k', key: 'no key' }] => [400, { 'key' => ['is invalid'] }],
      ['GET', '/projects/999999', nil] => [404, '404 Project Not Found'],
      ['GET', "/projects/#{made}/jobs/1", nil] => [404, '404 Not found'],
      ['GET', '/nothing', nil] => [404, '404 Not Found']
    }.each do |call, (code, message)|
      assert_equal [code, { 'message' => message }], answer(api(*call)), call.inspect
    end
    {
      ['POST', '/projects', {}] => 'name, path are missing, at least one parameter must be provided',
      ['POST', '/projects', { name: { a: 1 } }] => 'name is invalid',
      ['POST', '/projects', { name: 'x', visibility: 'secret' }] => 'visibility does not have a valid value',
      ['POST', '/projects', { name: 'x', visibility: ['public'] }] => 'visibility is invalid',
      ['POST', '/projects', { name: 'x', initialize_with_readme: 'maybe' }] => 'initialize_with_readme is invalid',
      ['GET', '/projects?page=x', nil] => 'page is invalid',
      ['GET', '/projects?per_page[]=1', nil] => 'per_page is invalid',
      ['GET', "/projects?page=#{'9' * 30}", nil] => 'page is invalid',
      ['PUT', "/projects/#{made}", {}] => 'visibility, default_branch are missing, at least one parameter must be provided',
      ['PUT', "/projects/#{made}", { visibility: 1 }] => 'visibility does not have a valid value',
      ['POST', "/projects/#{made}/issues", {}] => 'title is missing',
      ['POST', "/projects/#{made}/issues", { title: ['x'] }] => 'title is invalid',
      ['POST', "/projects/#{made}/issues", { title: 'x', description: { a: 1 } }] => 'description is invalid',
      ['GET', "/projects/#{made}/issues/#{'9' * 30}", nil] => 'iid is invalid',
      ['GET', "/projects/#{made}/issues/x", nil] => 'iid is invalid',
      ['GET', "/projects/#{made}/jobs/#{'9' * 30}", nil] => 'job is invalid',
      ['POST', "/projects/#{made}/merge_requests", { title: 'x', source_branch: {} }] => 'source_branch is invalid',
      ['POST', "/projects/#{made}/protected_branches", { name: [] }] => 'name is invalid',
      ['POST', '/user/keys', { key: { a: 1 } }] => 'key is invalid',
      ['POST', "/projects/#{made}/uploads", { filename: 'a', size: {} }] => 'size is invalid',
      ['POST', "/projects/#{made}/uploads", { filename: 'a', size: 10**20 }] => 'size is invalid',
      ['POST', "/projects/#{made}/uploads", { filename: 'a' }] => 'size is missing',
      ['POST', "/projects/#{made}/uploads", { filename: '..' }] => 'filename is invalid',
      ['POST', "/projects/#{made}/uploads", { filename: 'ö' * 200 }] => 'filename is invalid',
      ['POST', commits(made), { branch: 'main' }] => 'actions is missing',
      ['POST', commits(made), { branch: 'main', actions: { action: 'create' } }] => 'actions is invalid',
      ['POST', commits(made), { branch: 'main', actions: [1] }] => 'actions is invalid',
      ['POST', commits(made), { branch: 'main', actions: [{ action: 'move', file_path: 'a' }] }] => 'actions[action] does not have a valid value',
      ['POST', commits(made), { branch: 'main', actions: [{ action: 'create' }] }] => 'actions[file_path] is missing',
      ['POST', commits(made), { branch: 'main', actions: [file(encoding: 'gzip')] }] => 'actions[encoding] does not have a valid value',
      ['POST', commits(made), { branch: 'main', actions: [file(encoding: 'base64', content: '*')] }] => 'actions[content] is invalid',
      ['POST', commits(made), { branch: 'main', actions: [file(content: {})] }] => 'content is invalid',
      ['POST', commits(made), { branch: 'main', actions: [file] }] => 'commit_message is missing',
      ['POST', commits(made), { branch: {}, commit_message: 'x', actions: [file] }] => 'branch is invalid'
    }.each do |call, error|
      assert_equal [400, { 'error' => error }], answer(api(*call)), call.inspect
    end
    broken = app.post("/api/v4/projects/#{made}/issues", input: '{', 'CONTENT_TYPE' => 'application/json', 'HTTP_PRIVATE_TOKEN' => TOKEN)
    assert_equal 400, broken.status
  end

  def test_what_is_too_long_is_refused_and_what_just_fits_is_taken
    made = project['id']
    {
      "/projects/#{made}/issues" => ['title', 255, { title: 'ö' }],
      "/projects/#{made}/protected_branches" => ['name', 255, { name: 'ö' }],
      "/projects/#{made}/merge_requests" => ['source_branch', 255, { title: 'x', target_branch: 'main', source_branch: 'ö' }]
    }.each do |path, (name, most, given)|
      long = { **given, name.to_sym => given[name.to_sym] * (most + 1) }
      assert_equal [400, { 'message' => { name => ["is too long (maximum is #{most} characters)"] } }], answer(api('POST', path, long)), path
      assert_equal 201, api('POST', path, { **given, name.to_sym => given[name.to_sym] * most }).status, path
    end
    key = ->(length) { { title: 't', key: "ssh-rsa #{SecureRandom.alphanumeric(length - 8)}" } }
    most = Standin::Store::Users::LONGEST_KEY
    assert_equal [400, 201], [most + 1, most].map { |length| api('POST', '/user/keys', key.(length)).status }
  end

  def test_what_is_no_text_is_refused_wherever_it_stands
    made = project['id']
    sent = { 'CONTENT_TYPE' => 'application/json', 'HTTP_PRIVATE_TOKEN' => TOKEN }
    ["{\"title\":\"\xff\"}", '{"title":"a\u0000"}', '{"title":"\ud800"}', "{\"a\":[{\"b\xff\":1}]}"].each do |body|
      assert_equal 400, app.post("/api/v4/projects/#{made}/issues", sent.merge(input: body.b)).status, body
    end
    form = sent.merge('CONTENT_TYPE' => 'application/x-www-form-urlencoded')
    ['title=%FF', 'title=a%00', 'title=x&title[a]=1'].each do |body|
      assert_equal 400, app.post("/api/v4/projects/#{made}/issues", form.merge(input: body)).status, body
    end
    ['/projects/%FF', '/projects/a%00', "/projects/#{made}/repository/commits?ref_name=%FF", '/projects?private_token[]=1', '/user?private_token=%00'].each do |path|
      assert_equal 400, call('GET', "/api/v4#{path}").status, path
    end
    ["root\xff:x", "root\0:x", ':', 'root'].each do |secret|
      refused = call('GET', '/root/x.git/info/refs?service=git-upload-pack', nil, authorization: "Basic #{Base64.strict_encode64(secret)}",
                                                                                  gitlab_workhorse_api_request: signed('gitlab-workhorse', SECRETS[:workhorse]))
      assert_equal 401, refused.status, secret
    end
  end

  def test_what_nothing_looks_at_is_named
    answer = api('POST', '/projects', { name: "p#{SecureRandom.hex(6)}", description: 'x', issues_enabled: true, "bad\nname" => 1 })
    assert_equal [201, 'description, issues_enabled'], [answer.status, answer['x-standin-ignored']]
    assert_nil api('POST', '/projects', { name: "p#{SecureRandom.hex(6)}" })['x-standin-ignored']
    form = app.post('/api/v4/projects', params: { name: "p#{SecureRandom.hex(6)}", private_token: TOKEN, topics: 'a' })
    assert_equal [201, 'topics'], [form.status, form['x-standin-ignored']]
  end

  def test_a_project_is_as_visible_as_was_asked_for
    stranger = someone
    made = %w[private internal public].to_h do |visibility|
      [visibility, json(api('POST', '/projects', { name: "p#{SecureRandom.hex(6)}", visibility: visibility }))]
    end
    assert_equal %w[private internal public], made.values.map { |one| one['visibility'] }
    { nil => %w[public], stranger => %w[internal public] }.each do |token, expected|
      headers = token ? { private_token: token } : {}
      seen = made.select { |_, one| call('GET', "/api/v4/projects/#{one['id']}", nil, **headers).status == 200 }.keys
      listed = json(call('GET', '/api/v4/projects?per_page=100', nil, **headers)).map { |one| one['id'] }
      assert_equal [expected, expected], [seen, made.select { |_, one| listed.include?(one['id']) }.keys]
    end
    assert_equal 403, call('PUT', "/api/v4/projects/#{made['public']['id']}", { visibility: 'private' }, private_token: stranger).status
    api('POST', commits(made['public']['id']), { branch: 'dev', commit_message: 'x', actions: [file] })
    changed = api('PUT', "/projects/#{made['public']['id']}", { visibility: 'private', default_branch: 'dev' })
    assert_equal [200, 'private', 'dev'], [changed.status, *json(changed).values_at('visibility', 'default_branch')]
  ensure
    context.database.sequel[:projects].update(visibility: 'private')
  end

  def test_the_default_branch_is_one_that_is_there
    made = project['id']
    row = context.store(Standin::Store::Projects).find(made)
    put = ->(branch) { answer(api('PUT', "/projects/#{made}", { visibility: 'private', default_branch: branch })) }
    missing = ->(branch) { [400, { 'message' => { 'base' => ["Could not change HEAD: branch '#{branch}' does not exist"] } }] }
    assert_equal missing.('dev'), put.('dev')
    api('POST', commits(made), { branch: 'dev', commit_message: 'x', actions: [file] })
    assert_equal missing.('zzz'), put.('zzz')
    assert_equal ['main', nil], [json(api('GET', "/projects/#{made}"))['default_branch'], context.gitaly.heads[row[:disk_path]]]
    assert_equal [200, 'dev', 'dev'], [*put.('dev').then { |code, said| [code, said['default_branch']] }, context.gitaly.heads[row[:disk_path]]]
    assert_equal 200, put.('dev').first
  end

  def test_large_and_small_letters_are_the_same_in_a_path
    made = project
    name = made['name'].sub('p', 'P')
    assert_equal [400, { 'message' => { 'path' => ['has already been taken'] } }], answer(api('POST', '/projects', { name: name }))
    assert_equal made, json(api('GET', "/projects/ROOT%2F#{name}"))
    context.gitaly.remove(context.store(Standin::Store::Projects).find(made['id']))
    assert_equal 400, api('POST', '/projects', { name: name }).status, 'nobody gets what another attempt has left under another name'
    assert_equal made['id'], json(api('POST', '/projects', { name: made['name'] }))['id']
  end

  def test_of_paths_that_differ_in_their_letters_only_one_is_made
    name = SecureRandom.alphanumeric(12, chars: [*"a".."z"])
    names = Array.new(6) { |at| name.dup.tap { |one| one[at] = one[at].upcase } }
    codes = names.map { |one| Thread.new { api('POST', '/projects', { name: one }).status } }.map(&:value)
    assert_equal [201, *[400] * 5], codes.sort
    assert_equal 1, context.database.sequel[:projects].where(Sequel.ilike(:name, name)).count
  end

  def test_of_two_that_are_there_from_before_each_is_found
    pair = %w[Old old].map do |name|
      context.database.sequel[:projects].returning.insert(name: name, path_with_namespace: "root/#{name}", creator_id: root[:id], storage: 'default', disk_path: name).first
    end
    assert_equal pair.map { |row| row[:id] }, %w[Old old].map { |name| json(api('GET', "/projects/root%2F#{name}"))['id'] }
  end

  def test_a_project_may_begin_with_a_readme
    name = "p#{SecureRandom.hex(6)}"
    made = api('POST', '/projects', { name: name, initialize_with_readme: true, default_branch: 'trunk' })
    row = context.store(Standin::Store::Projects).find(json(made)['id'])
    expected = { branch: 'trunk', start: nil, message: 'Initial commit', actions: [{ action: :CREATE, path: 'README.md', content: "# #{name}\n" }] }
    assert_equal [201, [expected]], [made.status, context.gitaly.written[row[:disk_path]]]
  end

  def test_a_commit_takes_a_start_branch_and_bytes
    made = project['id']
    row = context.store(Standin::Store::Projects).find(made)
    sent = api('POST', commits(made), { branch: 'new', start_branch: 'main', commit_message: 'x', author_name: 'me',
                                        actions: [file(encoding: 'base64', content: "AP8\n="), file(content: 'text')] })
    assert_equal [201, 'author_name'], [sent.status, sent['x-standin-ignored']]
    written = context.gitaly.written[row[:disk_path]].last
    assert_equal ['main', ["\x00\xFF".b, 'text']], [written[:start], written[:actions].map { |one| one[:content] }]
  end

  def test_a_branch_is_protected_once_and_can_be_free_again
    path = "/projects/#{project['id']}/protected_branches"
    assert_equal 201, api('POST', path, { name: 'release/*' }).status
    assert_equal [409, { 'message' => "Protected branch 'release/*' already exists" }], answer(api('POST', path, { name: 'release/*' }))
    one = "#{path}/release%2F*"
    assert_equal [200, 'release/*'], [api('GET', one).status, json(api('GET', one))['name']]
    assert_equal [204, ''], api('DELETE', one).then { |gone| [gone.status, gone.body] }
    assert_equal [404, 404, []], [api('GET', one).status, api('DELETE', one).status, json(api('GET', path))]
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

  def commits(id) = "/projects/#{id}/repository/commits"
  def file(**more) = { action: 'create', file_path: 'a', **more }

  # @return [String] the token of a user who is nobody in particular
  def someone
    token = SecureRandom.hex
    id = context.database.sequel[:users].insert(username: "u#{SecureRandom.hex(6)}", name: 'Someone')
    context.database.sequel[:personal_access_tokens].insert(user_id: id, name: 't', token_digest: Digest::SHA256.hexdigest(token))
    token
  end

  def answer(response) = [response.status, json(response)]
  def digest(made) = Digest::SHA256.hexdigest(made['path_with_namespace'])
end
