# frozen_string_literal: true

require_relative 'checks'
require_relative 'replicas'

module Standin
  module Tasks
    # Which task does what: names and arguments are GitLab's.
    class Tasks
      ABOUT = {
        'gitlab:check' => 'GitLab | Check the configuration of GitLab and its environment',
        'gitlab:gitlab_shell:check' => 'GitLab | GitLab Shell | Check the configuration of GitLab Shell',
        'gitlab:gitaly:check' => 'GitLab | Gitaly | Check the health of Gitaly',
        'gitlab:sidekiq:check' => 'GitLab | Sidekiq | Check the configuration of Sidekiq',
        'gitlab:app:check' => 'GitLab | App | Check the configuration of the GitLab Rails app',
        'gitlab:praefect:replicas' => 'GitLab | Praefect | Check replicas'
      }.freeze
      # name[argument,argument]
      CALL = /\A(?<name>[\w:]+)(\[(?<arguments>[^\]]*)\])?\z/

      # @param out [IO] gets what the task prints
      # @param errors [IO] gets what is wrong with the call
      def initialize(context, out, errors)
        @context = context
        @out = out
        @errors = errors
      end

      # @param words [Array<String>] tasks, or -T for a list of all
      # @return [Integer] the exit code
      def run(words)
        return list if words.empty? || words.first == '-T'

        calls = words.map { |word| CALL.match(word) }
        unknown = words.zip(calls).find { |_, call| call.nil? || !ABOUT.key?(call[:name]) }
        return refuse(unknown.first) if unknown

        calls.each { |call| perform(call[:name], call[:arguments].to_s.split(',').map(&:strip)) }
        0
      end

      private

      def list
        width = ABOUT.keys.map(&:length).max
        ABOUT.each { |name, about| @out.puts "rake #{name.ljust(width)}  # #{about}" }
        0
      end

      def refuse(word)
        @errors.puts 'rake aborted!', "Don't know how to build task '#{word}' (see the list of available tasks with `rake --tasks`)"
        @errors.puts "The lab's stand-in for Rails has: #{ABOUT.keys.join(', ')}"
        1
      end

      def perform(name, arguments)
        case name
        when 'gitlab:praefect:replicas' then Replicas.new(@context, @out).show(arguments.first)
        when 'gitlab:check' then Checks.new(@context, @out).all
        else Checks.new(@context, @out).public_send(name.split(':')[1])
        end
      end
    end
  end
end
