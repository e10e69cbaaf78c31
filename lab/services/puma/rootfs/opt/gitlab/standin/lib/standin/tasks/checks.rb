# frozen_string_literal: true

require 'net/http'
require 'jwt'
require 'socket'
require 'yaml'
require_relative '../pipeline/processes'

module Standin
  module Tasks
    # gitlab:check and its parts, in GitLab's words; only what is looked at here is told.
    class Checks
      SHELL = '/var/opt/gitlab/gitlab-sshd/config.yml'
      PARTS = %i[gitlab_shell gitaly sidekiq app].freeze
      # As GitLab 16.11 wants them.
      REDIS = Gem::Version.new('6.2.14')
      RUBY = Gem::Version.new('3.0.6')

      # @param shell [String] the configuration of gitlab-sshd, which says where the internal API is
      def initialize(context, out, shell: SHELL)
        @context = context
        @out = out
        @shell = shell
      end

      def all
        section('GitLab subtasks') { PARTS.each { |part| public_send(part) } }
      end

      def gitlab_shell
        section('GitLab Shell') do
          answer = internal_check
          line 'Internal API available', answer ? 'OK' : 'FAILED'
          line 'Redis available via internal API', answer && answer['redis'] ? 'OK' : 'FAILED'
          @out.puts(answer && answer['redis'] ? 'gitlab-shell self-check successful' : 'gitlab-shell self-check failed')
        end
      end

      def gitaly
        section('Gitaly') do
          @context.gitaly.storages.each do |storage|
            problem = @context.gitaly.problem(storage)
            @out.puts "Gitaly: ... #{storage} ... #{problem ? "FAIL: #{problem}" : 'OK'}"
          end
        end
      end

      def sidekiq
        section('Sidekiq') do
          here = processes
          @out.puts "Sidekiq: ... Running? ... #{here ? yes(here.positive?) : unknown}"
          @out.puts "Number of Sidekiq processes ... #{here}" if here
        end
      end

      def app
        section('GitLab App') do
          ask('Database config exists?') { true }
          ask('All migrations up?') { Store::Schema.complete?(@context.database) }
          ask("Redis version >= #{REDIS}?") { Gem::Version.new(@context.cache.call('INFO', 'server')[/^redis_version:([\d.]+)/, 1]) >= REDIS }
          ask("Ruby version >= #{RUBY} ?", " (#{RUBY_VERSION})") { Gem::Version.new(RUBY_VERSION) >= RUBY }
          @out.puts "Active users: ... #{value { @context.database.sequel[:users].count }}"
          ask('All projects are in hashed storage?') { @context.database.sequel[:projects].exclude(Sequel.like(:disk_path, '@hashed/%')).empty? }
        end
      end

      private

      def section(name)
        @out.puts "Checking #{name} ...", ''
        yield
        @out.puts '', "Checking #{name} ... Finished", ''
      end

      def line(what, state) = @out.puts("#{what}: #{state}")
      def yes(state) = state ? 'yes' : 'no'
      def unknown = 'unknown (Redis does not answer)'

      def ask(question, more = '')
        state = yield
        @out.puts "#{question} ... #{yes(state)}#{more if state}"
      rescue StandardError => error
        @out.puts "#{question} ... no (#{error.class}: #{error.message.lines.first.to_s.strip[0, 200]})"
      end

      def value
        yield
      rescue StandardError => error
        "unknown (#{error.class})"
      end

      # @return [Integer, nil] Sidekiq processes of this machine, nil when Redis does not tell
      def processes
        Pipeline::Processes.living.count { |one| one['hostname'] == Socket.gethostname }
      rescue RedisClient::Error
        nil
      end

      # @return [Hash, nil] what the internal API says to those who know the secret
      def internal_check
        uri = URI("#{YAML.safe_load_file(@shell)['gitlab_url']}/api/v4/internal/check")
        now = Time.now.to_i
        signed = JWT.encode({ iss: 'gitlab-shell', iat: now, exp: now + 60 }, @context.settings.secrets[:shell], 'HS256')
        answer = Net::HTTP.get_response(uri, { 'Gitlab-Shell-Api-Request' => signed })
        answer.is_a?(Net::HTTPOK) ? JSON.parse(answer.body) : nil
      rescue SystemCallError, Net::OpenTimeout, Net::ReadTimeout, JSON::ParserError
        nil
      end
    end
  end
end
