# frozen_string_literal: true

# Compiles what the application's processes load, for compiled.rb. Run once, by root, when the image is built.
require 'fileutils'
require_relative 'lib/standin'
require_relative 'lib/standin/web/app'
require_relative 'lib/standin/pipeline/health_server'
require_relative 'lib/standin/pipeline/start_up'
require_relative 'lib/standin/tasks/tasks'
%w[aws-sdk-s3 puma/cli puma/single puma/cluster sidekiq/cli sidekiq/launcher tilt/erb].each { |name| require name }

RUBY = $LOADED_FEATURES.select { |path| path.start_with?('/') && path.end_with?('.rb') }
RUBY.each do |path|
  compiled = "/opt/gitlab/standin-compiled#{path}"
  FileUtils.mkdir_p(File.dirname(compiled))
  File.binwrite(compiled, RubyVM::InstructionSequence.compile_file(path).to_binary)
end
puts "#{RUBY.size} files of Ruby are compiled"
