# frozen_string_literal: true

require_relative 'support'
require "#{STANDIN}/lib/standin/tasks/tasks"
require 'socket'
require 'stringio'

class TasksTest < StandinTest
  A = 'a' * 40
  B = 'b' * 40

  def rake(*words)
    out = StringIO.new
    errors = StringIO.new
    code = Standin::Tasks::Tasks.new(context, out, errors).run(words)
    [code, out.string, errors.string]
  end

  def test_replicas_of_a_project_side_by_side
    made = project
    context.gitaly.define_singleton_method(:replicas) do |_|
      [{ storage: 'gitaly-2', checksum: A, primary: true }, { storage: 'gitaly-3', checksum: B, primary: false },
       { storage: 'gitaly-1', checksum: A, primary: false }]
    end
    code, out, = rake("gitlab:praefect:replicas[#{made['id']}]")
    header = "Project name  | #{'gitaly-2 (primary)'.ljust(40)} | #{'gitaly-1'.ljust(40)} | #{'gitaly-3'.ljust(40)}"
    assert_equal 0, code
    assert_equal "\n#{header}\n#{'-' * header.length}\n#{made['name']} | #{A} | #{A} | #{B}\n", out
  end

  def test_replicas_of_nothing
    assert_equal "argument must be a valid project_id\n", rake('gitlab:praefect:replicas')[1]
    assert_equal "argument must be a valid project_id\n", rake('gitlab:praefect:replicas[x]')[1]
    assert_equal "No project was found with that id\n", rake('gitlab:praefect:replicas[999999999]')[1]
  end

  def test_gitaly_by_storage
    assert_equal "Checking Gitaly ...\n\nGitaly: ... default ... OK\n\nChecking Gitaly ... Finished\n\n", rake('gitlab:gitaly:check')[1]
    context.gitaly.define_singleton_method(:problem) { |_| '14:failed to connect' }
    assert_includes rake('gitlab:gitaly:check')[1], "Gitaly: ... default ... FAIL: 14:failed to connect\n"
  ensure
    context.gitaly.singleton_class.remove_method(:problem) if context.gitaly.singleton_methods.include?(:problem)
  end

  def test_everything
    code, out, = rake('gitlab:check')
    assert_equal 0, code
    assert out.start_with?("Checking GitLab subtasks ...\n\nChecking GitLab Shell ...\n")
    assert_includes out, "Internal API available: FAILED\n"
    assert_includes out, "Sidekiq: ... Running? ... no\nNumber of Sidekiq processes ... 0\n"
    assert_includes out, "All migrations up? ... yes\n"
    assert_match(/^Redis version >= 6\.2\.14\? \.\.\. yes$/, out)
    assert_includes out, "All projects are in hashed storage? ... yes\n"
    assert out.end_with?("Checking GitLab subtasks ... Finished\n\n")
  end

  def test_a_task_that_is_not_there_and_the_list
    code, out, errors = rake('gitlab:backup:create')
    assert_equal [1, ''], [code, out]
    assert_includes errors, "Don't know how to build task 'gitlab:backup:create'"
    assert_includes rake('-T')[1], 'rake gitlab:praefect:replicas   # GitLab | Praefect | Check replicas'
  end
end
