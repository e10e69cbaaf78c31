# frozen_string_literal: true

require_relative 'support'

class GitAccessTest < StandinTest
  def setup = @path = project['path_with_namespace']

  def test_the_right_name_and_secret_get_the_way_to_the_repository
    ['rather-long-password', TOKEN].each do |secret|
      answer = ask('git-receive-pack', "root:#{secret}")
      assert_equal 200, answer.status
      assert_equal 'application/vnd.gitlab-workhorse+json', answer['content-type']
      assert_equal ['user-1', 'root'], json(answer).values_at('GL_ID', 'GL_USERNAME')
      assert_equal({ 'address' => 'tcp://praefect.test:2305', 'token' => 'external' }, json(answer)['GitalyServer'])
    end
  end

  def test_everything_else_is_refused
    {
      'no name' => [nil, 401], 'wrong password' => ['root:wrong', 401], 'unknown name' => ['nobody:rather-long-password', 401],
      "another's token" => ["alice:#{TOKEN}", 401], 'no secret' => ['root:', 401], 'no colon' => ['root', 401]
    }.each do |what, (given, code)|
      answer = ask('git-upload-pack', given)
      assert_equal code, answer.status, what
      assert_equal 'Basic realm="GitLab"', answer['www-authenticate'], what
    end
    assert_equal 404, ask('git-upload-pack', "root:#{TOKEN}", path: 'root/nowhere').status
    assert_equal 403, ask('git-upload-archive', "root:#{TOKEN}").status
  end

  def test_only_workhorse_may_ask
    basic = "Basic #{["root:#{TOKEN}"].pack('m0')}"
    assert_equal 403, call('GET', "/#{@path}.git/info/refs?service=git-upload-pack", nil, authorization: basic).status
  end

  private

  def ask(service, given, path: @path)
    headers = { gitlab_workhorse_api_request: signed('gitlab-workhorse', SECRETS[:workhorse]) }
    headers[:authorization] = "Basic #{[given].pack('m0')}" if given
    call('GET', "/#{path}.git/info/refs?service=#{service}", nil, **headers)
  end
end
