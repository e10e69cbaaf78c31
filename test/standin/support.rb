# frozen_string_literal: true

require 'fileutils'
require 'json'
require 'minitest/autorun'
require 'rack/mock_request'
require 'tmpdir'

# Where the image has the application.
STANDIN = ENV.fetch('STANDIN', '/opt/gitlab/standin')
require "#{STANDIN}/lib/standin"
require "#{STANDIN}/lib/standin/web/app"

# A real PostgreSQL, Redis and Sentinel of the tests' own, on ports nobody else has in a container without network.
module Servers
  DIRECTORY = Dir.mktmpdir('standin-test')
  ACCOUNT = ENV.fetch('POSTGRES_ACCOUNT', 'gitlab-psql')
  # As a lab has them: one password for Redis and its Sentinels.
  REDIS_PASSWORD = 'redis-password-of-the-tests'
  PORTS = { postgres: 25_432, redis: 26_390, sentinel: 26_391 }.freeze

  def self.start
    bin = Dir['/usr/lib/postgresql/*/bin'].max
    FileUtils.chown(ACCOUNT, nil, DIRECTORY)
    as_account("#{bin}/initdb", '-D', "#{DIRECTORY}/pg", '-A', 'trust', '-U', 'gitlab', '--no-sync')
    options = "-p #{PORTS[:postgres]} -k #{DIRECTORY} -c listen_addresses=127.0.0.1 -c fsync=off"
    as_account("#{bin}/pg_ctl", '-D', "#{DIRECTORY}/pg", '-l', "#{DIRECTORY}/pg.log", '-o', options, '-w', 'start')
    redis
    Minitest.after_run { stop(bin) }
  end

  def self.redis
    @redis = spawn('redis-server', '--port', PORTS[:redis].to_s, '--requirepass', REDIS_PASSWORD, '--save', '', '--dir', DIRECTORY, %i[out err] => File::NULL)
    File.write("#{DIRECTORY}/sentinel.conf", <<~CONF)
      port #{PORTS[:sentinel]}
      requirepass #{REDIS_PASSWORD}
      sentinel monitor lab 127.0.0.1 #{PORTS[:redis]} 1
      sentinel auth-pass lab #{REDIS_PASSWORD}
    CONF
    @sentinel = spawn('redis-sentinel', "#{DIRECTORY}/sentinel.conf", %i[out err] => File::NULL)
  end

  def self.stop(bin)
    [@redis, @sentinel].each { |pid| Process.kill('TERM', pid) }
    as_account("#{bin}/pg_ctl", '-D', "#{DIRECTORY}/pg", '-m', 'immediate', 'stop')
    FileUtils.rm_rf(DIRECTORY)
  end

  def self.as_account(*command)
    system('setpriv', '--reuid', ACCOUNT, '--regid', ACCOUNT, '--clear-groups', *command, out: File::NULL, exception: true)
  end
end

# Git storage of the tests: remembers what it was asked for. The real one is met in the project's integration tests.
class NotedGit
  attr_reader :created
  # What it answers when it is to pack a commit.
  attr_accessor :refusal, :away

  def initialize = @created = []
  def storages = ['default']
  def server(_storage) = { address: 'tcp://praefect.test:2305', token: 'external' }
  def problem(_storage) = nil
  def exists?(project) = @created.include?(project[:disk_path])
  def remove(project) = @created.delete(project[:disk_path])
  # What was written, by the repository: branch, start, message, actions.
  def written = @written ||= Hash.new { |all, place| all[place] = [] }
  def change_head(project, branch) = heads[project[:disk_path]] = branch
  # Which branch a clone begins with, by the repository.
  def heads = @heads ||= {}
  def branches(project) = written[project[:disk_path]].map { |one| { name: one[:branch], commit: 'c' * 40 } }.uniq
  def replicas(_project) = [{ storage: 'gitaly-1', checksum: 'a' * 40, primary: true }]

  def write(project, _user, branch:, message:, actions:, start: nil, at: nil)
    raise Standin::Git::Gitaly::Unavailable, 'no primary' if away

    written[project[:disk_path]] << { branch: branch, start: start, message: message, actions: actions }
    'c' * 40
  end

  def create(project)
    raise Standin::Git::Gitaly::Unavailable, 'no primary' if away

    @created << project[:disk_path]
  end

  def lasting = yield(1)

  def archive(project, sha, within:)
    raise refusal if refusal

    ["#{project[:name]} ", "at #{sha}"]
  end
end

# Object storage of the tests.
class NotedObjects
  attr_reader :kept
  # What a `put` ends with.
  attr_accessor :away, :failure

  def initialize = @kept = {}

  def put(kind, key, body, **)
    raise failure if failure
    raise Standin::Objects::ObjectStore::Unavailable, 'connection refused' if away

    @kept[[kind, key]] = body.respond_to?(:read) ? body.read : body
  end

  def fetch(kind, key, into)
    bytes = @kept[[kind, key]]
    into.tap { |file| file.write(bytes) && file.rewind } if bytes
  end

  def clear(kind, prefix)
    raise Standin::Objects::ObjectStore::Unavailable, 'connection refused' if away

    @kept.keys.count { |(of, key)| of == kind && key.start_with?(prefix) && @kept.delete([of, key]) }
  end

  def size(kind, key) = @kept[[kind, key]]&.bytesize
  def link(kind, key, verb, size: nil) = "https://objects.test/#{kind}/#{key}?for=#{verb}#{"&size=#{size}" if size}"
end

class StandinTest < Minitest::Test
  TOKEN = 'glpat-of-the-tests'
  SECRETS = {
    shell: 'shell-secret-of-the-tests-0123456789', workhorse: 'workhorse-secret-of-the-tests-01',
    root_password: 'rather-long-password', root_token: TOKEN
  }.freeze

  # A context with real servers, and Git and objects that are noted.
  class Context < Standin::Context
    def gitaly = @gitaly ||= NotedGit.new
    def object_store = @object_store ||= NotedObjects.new
  end

  def self.settings
    Standin::Settings.new(
      node: 'node1', version: '16.11.6', external_url: 'https://gitlab.example.com', coordination: nil,
      sidekiq: { health_checks: false },
      database: { host: '127.0.0.1', port: Servers::PORTS[:postgres], name: 'postgres', user: 'gitlab', password: nil, pool: 5 },
      redis: {
        sentinels: [{ host: '127.0.0.1', port: Servers::PORTS[:sentinel] }], master: 'lab',
        password: Servers::REDIS_PASSWORD, sentinel_password: Servers::REDIS_PASSWORD
      },
      gitaly: { storages: {} }, object_store: nil, secrets: SECRETS,
      monitoring_whitelist: ['127.0.0.0/8', '10.1.2.0/24'], trusted_proxies: ['127.0.0.0/8']
    )
  end

  def self.context = @@context ||= prepared

  def self.prepared
    Servers.start
    context = Context.new(settings, logger: Logger.new(ENV.fetch('STANDIN_LOG', File::NULL)))
    Standin::Store::Preparation.new(context).await
    Sidekiq.configure_client do |config|
      config.redis = Standin::Store::Cache.options(context.settings.redis)
      config.logger = Logger.new(File::NULL)
    end
    context
  end

  def context = StandinTest.context
  def app = @app ||= Rack::MockRequest.new(Standin::Web::App.build(context))

  # @return [Rack::MockResponse]
  def call(verb, path, given = nil, **headers)
    body = given && { input: JSON.generate(given), 'CONTENT_TYPE' => 'application/json' }
    app.request(verb, path, 'REMOTE_ADDR' => '127.0.0.1', **headers.transform_keys { |name| "HTTP_#{name.upcase}" }, **body.to_h)
  end

  def api(verb, path, given = nil) = call(verb, "/api/v4#{path}", given, private_token: TOKEN)
  def json(response) = JSON.parse(response.body)

  # A project nobody else uses.
  def project
    json(api('POST', '/projects', { name: "p#{SecureRandom.hex(6)}" }))
  end

  def signed(issuer, secret)
    now = Time.now.to_i
    JWT.encode({ iss: issuer, iat: now, exp: now + 60 }, secret, 'HS256')
  end

  def internal(verb, path, given = nil)
    call(verb, "/api/v4/internal#{path}", given, gitlab_shell_api_request: signed('gitlab-shell', SECRETS[:shell]))
  end

  # By which address root came last: other tests have come by others.
  def forget_entrance
    context.cache.call('DEL', "entrance:#{root[:id]}")
    context.entrances.instance_variable_get(:@told).clear
  end

  def root = context.store(Standin::Store::Users).by_username('root')
end
