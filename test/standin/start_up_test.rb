# frozen_string_literal: true

require_relative 'support'
require "#{STANDIN}/lib/standin/pipeline/health_server"
require "#{STANDIN}/lib/standin/pipeline/start_up"
require 'logger'
require 'stringio'

class StartUpTest < Minitest::Test
  def setup
    @log = StringIO.new
    @stopped = 0
  end

  def start(&) = Standin::Pipeline::StartUp.run(logger: Logger.new(@log), stop: -> { @stopped += 1 }, &).join

  def test_a_start_that_succeeds_says_nothing
    ran = false
    start { ran = true }
    assert_equal [true, 0, ''], [ran, @stopped, @log.string]
  end

  def test_a_health_page_whose_port_is_taken_ends_the_process_with_the_reason
    taken = TCPServer.new('127.0.0.1', 0)
    settings = { health_address: '127.0.0.1', health_port: taken.addr[1] }
    start { Standin::Pipeline::HealthServer.new(settings).start }
    assert_equal 1, @stopped
    assert_match(/FATAL.*the start failed, so this process ends: Errno::EADDRINUSE: Address already in use/, @log.string)
  ensure
    taken&.close
  end
end
