# frozen_string_literal: true

require_relative 'support'

class InternalTest < StandinTest
  KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJ1YnkgdGVzdHMgb2YgdGhlIHN0YW5kLWlu tests'

  def setup
    @project = project
    @key = json(api('POST', '/user/keys', { title: 'tests', key: KEY }))
  end

  def test_only_gitlabs_own_programs_are_answered
    assert_equal 401, call('GET', '/api/v4/internal/check').status
    wrong = signed('gitlab-shell', 'another-secret-of-the-same-length-0123')
    assert_equal 401, call('GET', '/api/v4/internal/check', nil, gitlab_shell_api_request: wrong).status
    other = signed('gitlab-workhorse', SECRETS[:shell])
    assert_equal 401, call('GET', '/api/v4/internal/check', nil, gitlab_shell_api_request: other).status
    assert_equal({ 'api_version' => 'v4', 'gitlab_version' => '16.11.6', 'gitlab_rev' => 'stand-in', 'redis' => true },
                 json(internal('GET', '/check')))
  end

  def test_keys_are_found_by_what_a_client_sends
    found = internal('GET', "/authorized_keys?key=#{KEY.split[1]}")
    assert_equal [@key['id'], KEY], json(found).values_at('id', 'key')
    assert_equal 404, internal('GET', '/authorized_keys?key=AAAA').status
    assert_equal 'root', json(internal('GET', "/discover?key_id=#{@key['id']}"))['username']
  end

  def test_a_push_is_allowed_with_the_way_to_the_repository
    answer = json(allowed(changes: '_any'))
    assert_equal [true, "project-#{@project['id']}", 'user-1'], answer.values_at('status', 'gl_repository', 'gl_id')
    assert_equal ['tcp://praefect.test:2305', 'external'], answer['gitaly'].values_at('address', 'token')
    assert_equal @project['path_with_namespace'], answer['gitaly']['repository']['gl_project_path']
  end

  def test_a_protected_branch_takes_no_push
    api('POST', "/projects/#{@project['id']}/protected_branches", { name: 'release-*' })
    { 'release-1' => 401, 'main' => 200, 'my-release-1' => 200 }.each do |branch, code|
      refused = allowed(changes: "#{'1' * 40} #{'2' * 40} refs/heads/#{branch}\n")
      assert_equal code, refused.status, branch
    end
    refused = allowed(changes: "#{'1' * 40} #{'2' * 40} refs/heads/main\n#{'1' * 40} #{'2' * 40} refs/heads/release-2\n")
    assert_equal 'You are not allowed to push code to protected branches on this project.', json(refused)['message']
  end

  def test_a_project_that_is_not_there_and_a_stranger_are_told_the_same
    nowhere = internal('POST', '/allowed', { action: 'git-upload-pack', project: 'root/nowhere.git', key_id: @key['id'] })
    stranger = internal('POST', '/allowed', { action: 'git-upload-pack', project: @project['path_with_namespace'], key_id: 99_999 })
    assert_equal [404, 404], [nowhere.status, stranger.status]
    assert_equal json(nowhere), json(stranger)
  end

  def test_a_push_makes_one_job_however_often_it_is_told
    forget_entrance
    told = Array.new(2) { json(pushed)['messages'].first['message'] }
    assert_match %r{\AJob \d+ packs this push: https://gitlab.example.com/#{@project['path_with_namespace']}/-/jobs/\d+\z}, told[0]
    assert_equal told[0], told[1]
    assert_equal 1, json(api('GET', "/projects/#{@project['id']}/jobs")).size
  end

  def test_a_branch_that_goes_makes_no_job
    gone = json(pushed(changes: "#{'1' * 40} #{'0' * 40} refs/heads/main\n#{'0' * 40} #{'1' * 40} refs/tags/v1\n"))
    assert_equal [], gone['messages']
  end

  private

  def allowed(changes:)
    internal('POST', '/allowed', { action: 'git-receive-pack', project: "#{@project['path_with_namespace']}.git",
                                   changes: changes, key_id: @key['id'].to_s, protocol: 'ssh' })
  end

  def pushed(changes: "#{'0' * 40} #{'a' * 40} refs/heads/main\n")
    internal('POST', '/post_receive', { gl_repository: "project-#{@project['id']}", identifier: "key-#{@key['id']}", changes: changes })
  end
end
