# frozen_string_literal: true

require_relative 'support'
require 'base64'

# Every address that answers, pages and messages give leads somewhere, from where they are given.
class LinksTest < StandinTest
  HERE = '127.0.0.1:32768'
  KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExpbmtzIG9mIHRoZSBzdGFuZC1pbiBhbnN3ZXIh links'

  def setup
    context.database.sequel[:projects].delete
    @project = project
    row = context.store(Standin::Store::Projects).find(@project['id'])
    @job = context.store(Standin::Store::Jobs).ensure(row, root, ref: 'main', sha: SecureRandom.hex(20))
    Standin::Pipeline::Runner.new(context, 'node1').run(@job[:id])
    @cookie = app.post('/users/sign_in', params: { login: 'root', password: 'rather-long-password' })['set-cookie'][/[^;]+/]
  end

  # @return [Array<String>] whatever looks like an address
  def addresses(value)
    case value
    when Hash then value.values.flat_map { |one| addresses(one) }
    when Array then value.flat_map { |one| addresses(one) }
    else value.to_s.scan(%r{(?:https?|ssh)://\S+|\bgit@\S+})
    end
  end

  def told(**headers)
    ["/projects", "/projects/#{@project['id']}", "/projects/#{@project['id']}/jobs", "/projects/#{@project['id']}/jobs/#{@job[:id]}"]
      .flat_map { |path| addresses(json(call('GET', "/api/v4#{path}", nil, private_token: TOKEN, **headers))) }.uniq
  end

  def test_addresses_in_answers_lead_to_where_the_request_came_from
    path = @project['path_with_namespace']
    {
      {} => ["https://gitlab.example.com/#{path}", "https://gitlab.example.com/#{path}.git", "git@gitlab.example.com:#{path}.git"],
      { host: 'gitlab.example.com' } => ["https://gitlab.example.com/#{path}", "https://gitlab.example.com/#{path}.git", "git@gitlab.example.com:#{path}.git"],
      { host: '127.0.0.1.evil.example' } => ["https://gitlab.example.com/#{path}", "https://gitlab.example.com/#{path}.git", "git@gitlab.example.com:#{path}.git"],
      { host: HERE } => ["http://#{HERE}/#{path}", "http://#{HERE}/#{path}.git", "ssh://git@#{HERE}/#{path}.git"],
      { host: HERE, x_forwarded_proto: 'https' } => ["https://#{HERE}/#{path}", "https://#{HERE}/#{path}.git", "ssh://git@#{HERE}/#{path}.git"],
      { host: 'localhost', x_forwarded_proto: 'https' } => ["https://localhost/#{path}", "https://localhost/#{path}.git", "ssh://git@localhost:443/#{path}.git"]
    }.each do |headers, expected|
      job = "#{expected[0]}/-/jobs/#{@job[:id]}"
      assert_equal [*expected, job].sort, told(**headers).sort, headers.inspect
    end
  end

  def test_each_of_them_answers
    found = told(host: HERE).grep(/\Ahttp/)
    pages = ['/', *found.map { |url| URI(url).path }]
    looked = []
    until (path = (pages - looked).first).nil?
      looked << path
      answer = call('GET', path, nil, host: HERE, cookie: @cookie)
      assert_equal 200, answer.status, path
      pages.concat(answer.body.force_encoding('UTF-8').scan(/(?:href|action)="([^"]+)"/).flatten - ['/users/sign_out']) if answer['content-type'].include?('html')
    end
    job = "/#{@project['path_with_namespace']}/-/jobs/#{@job[:id]}"
    assert_equal [job, "#{job}/artifacts/download", "#{job}/raw"], looked.grep(/jobs/).sort
  end

  def test_a_push_is_told_of_its_job_by_the_address_its_user_came_by_last
    forget_entrance
    key = json(api('POST', '/user/keys', { title: 'links', key: KEY }))['id']
    push = lambda do
      said = internal('POST', '/post_receive', { gl_repository: "project-#{@project['id']}", identifier: "key-#{key}",
                                                 changes: "#{'0' * 40} #{SecureRandom.hex(20)} refs/heads/main\n" })
      json(said)['messages'].first['message'][%r{https?://.*}]
    end
    assert push.call.start_with?("https://gitlab.example.com/#{@project['path_with_namespace']}/-/jobs/")
    git = { host: HERE, x_forwarded_proto: 'https', authorization: "Basic #{Base64.strict_encode64("root:#{TOKEN}")}",
            gitlab_workhorse_api_request: signed('gitlab-workhorse', SECRETS[:workhorse]) }
    assert_equal 200, call('GET', "/#{@project['path_with_namespace']}.git/info/refs?service=git-receive-pack", nil, **git).status
    told = push.call
    assert told.start_with?("https://#{HERE}/#{@project['path_with_namespace']}/-/jobs/"), told
    assert_equal 200, call('GET', URI(told).path, nil, cookie: @cookie).status
    call('GET', '/api/v4/user', nil, host: 'localhost:1', private_token: TOKEN)
    assert push.call.start_with?('http://localhost:1/')
    # A call by the domain says nothing of where pushes come from, a push by it does.
    call('GET', '/api/v4/user', nil, host: 'gitlab.example.com', private_token: TOKEN)
    assert push.call.start_with?('http://localhost:1/')
    call('GET', "/#{@project['path_with_namespace']}.git/info/refs?service=git-receive-pack", nil, **git, host: 'gitlab.example.com')
    assert push.call.start_with?('https://gitlab.example.com/')
  end
end
