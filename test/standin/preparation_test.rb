# frozen_string_literal: true

require_relative 'support'

class PreparationTest < StandinTest
  # A database that has no leader at first.
  class Late < SimpleDelegator
    attr_reader :refused

    def initialize(database, refusals)
      super(database)
      @refusals = refusals
      @refused = 0
    end

    def lasting(&)
      return super if @refused == @refusals

      @refused += 1
      raise Sequel::DatabaseConnectionError, 'no leader yet'
    end
  end

  def prepare(refusals)
    late = Late.new(context.database, refusals)
    other = Struct.new(:database, :settings, :logger, :users) { def store(_type) = users }
    users = context.store(Standin::Store::Users)
    Standin::Store::Preparation.new(other.new(late, context.settings, context.logger, users), pause: 0).await
    late
  end

  def test_waits_for_a_database
    assert_equal 3, prepare(3).refused
  end

  def test_a_database_of_an_earlier_version_gets_its_new_column_and_keeps_its_rows
    sequel = context.database.sequel
    made = json(api('POST', "/projects/#{project['id']}/uploads", { filename: 'a', size: 1 }))['id']
    assert_equal true, Standin::Store::Schema.complete?(context.database)
    sequel.run('ALTER TABLE uploads DROP COLUMN complete')
    assert_equal false, Standin::Store::Schema.complete?(context.database)
    prepare(0)
    assert_equal [true, true], [Standin::Store::Schema.complete?(context.database), sequel[:uploads].first(id: made)[:complete]]
  end

  def test_leaves_what_is_there_as_it_is
    before = root
    prepare(0)
    prepare(0)
    assert_equal before, root
    assert_equal 1, context.database.sequel[:users].where(username: 'root').count
    assert_equal 'root', context.store(Standin::Store::Users).by_token(TOKEN)[:username]
    assert_equal 'root', context.store(Standin::Store::Users).by_secret('root', 'rather-long-password')[:username]
  end
end
