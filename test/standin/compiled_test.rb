# frozen_string_literal: true

require_relative 'support'
require "#{STANDIN}/compiled"

# What the image has compiled is taken as long as it fits.
class CompiledTest < Minitest::Test
  def setup
    @source = File.join(Dir.mktmpdir('compiled-test'), 'one.rb')
    @compiled = "/opt/gitlab/standin-compiled#{@source}"
    FileUtils.mkdir_p(File.dirname(@compiled))
    File.write(@source, "'as written'")
  end

  def teardown
    FileUtils.rm_rf([File.dirname(@source), File.dirname(@compiled)])
  end

  def test_what_the_application_loads_is_compiled
    ['lib/standin.rb', 'lib/standin/web/app.rb', 'lib/standin/objects/object_store.rb'].each do |name|
      assert_equal "#{STANDIN}/#{name}", taken("#{STANDIN}/#{name}")&.absolute_path, name
    end
  end

  def test_it_is_taken_as_long_as_its_file_was_not_changed_since
    assert_nil taken(@source)
    compile
    assert_equal 'as compiled', taken(@source).eval
    File.utime(Time.now, File.mtime(@compiled) + 1, @source)
    assert_nil taken(@source)
  end

  def test_what_another_ruby_has_compiled_is_left_alone
    compile
    File.binwrite(@compiled, 'YARBof another one')
    assert_nil taken(@source)
  end

  private

  def taken(path) = RubyVM::InstructionSequence.load_iseq(path)

  def compile
    File.binwrite(@compiled, RubyVM::InstructionSequence.compile("'as compiled'").to_binary)
  end
end
