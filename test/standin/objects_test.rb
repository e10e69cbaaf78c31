# frozen_string_literal: true

require_relative 'support'
require 'base64'

# Bytes that do not pass through the application.
class ObjectsTest < StandinTest
  OID = '0f' * 32

  def setup = @project = project
  def place = "#{@project['id']}/0f/0f/#{'0f' * 30}"

  def lfs(path, given, secret: TOKEN, **more)
    headers = secret ? { authorization: "Basic #{Base64.strict_encode64("root:#{secret}")}" } : {}
    call('POST', "/#{@project['path_with_namespace']}.git/info/lfs/objects/#{path}", given, **headers, **more)
  end

  def batch(operation, size = 5, **) = lfs('batch', { operation: operation, objects: [{ oid: OID, size: size }] }, **)
  def actions(response) = json(response)['objects'].first['actions']

  def test_a_large_file_is_put_into_the_object_store_and_counts_when_it_is_there
    context.object_store.kept.delete([:lfs, place])
    offered = batch('upload')
    assert_equal 'application/vnd.git-lfs+json', offered['content-type']
    assert_equal "https://objects.test/lfs/#{place}?for=put_object", actions(offered)['upload']['href']
    assert actions(offered)['verify']['href'].end_with?("/#{@project['path_with_namespace']}.git/info/lfs/objects/verify")
    assert_equal 404, lfs('verify', { oid: OID, size: 5 }).status
    context.object_store.put(:lfs, place, 'bytes')
    assert_equal [422, 'Size is 5, not 7'], [lfs('verify', { oid: OID, size: 7 }).status, json(lfs('verify', { oid: OID, size: 7 }))['message']]
    assert_equal 'Object does not exist', json(batch('download'))['objects'].first['error']['message']
    assert_equal 200, lfs('verify', { oid: OID, size: 5 }).status
    assert_equal "https://objects.test/lfs/#{place}?for=get_object", actions(batch('download'))['download']['href']
    assert_nil actions(batch('upload')), 'what is there is not sent again'
  end

  def test_the_object_of_another_project_is_out_of_reach
    context.object_store.put(:lfs, place, 'bytes')
    theirs = place
    @project = project
    refute_includes actions(batch('upload'))['upload']['href'], theirs
    assert_equal 404, lfs('verify', { oid: OID, size: 5 }).status
  end

  def test_an_object_that_is_not_there_is_no_store_that_is_away
    require 'aws-sdk-s3' # The stand-in loads it with its first store.
    Aws.config[:s3] = { stub_responses: { get_object: 'NoSuchKey', head_object: 'NotFound', put_object: 'ServiceUnavailable' } }
    store = Standin::Objects::ObjectStore.new(
      endpoint: 'https://objects.test', region: 'us-east-1', access_key: 'k', secret_key: 's', buckets: { lfs: 'lfs' }
    )
    assert_equal [nil, nil], [store.get(:lfs, 'a'), store.size(:lfs, 'a')]
    assert_raises(Standin::Objects::ObjectStore::Unavailable) { store.put(:lfs, 'a', 'bytes') }
  ensure
    Aws.config.delete(:s3)
  end

  def test_a_link_to_put_something_holds_for_the_size_it_was_made_for
    require 'aws-sdk-s3'
    store = Standin::Objects::ObjectStore.new(
      endpoint: 'https://objects.test', region: 'us-east-1', access_key: 'k', secret_key: 's', buckets: { uploads: 'uploads' }
    )
    signed = ->(**more) { URI.decode_www_form(URI(store.link(:uploads, 'a', :put_object, **more)).query).to_h['X-Amz-SignedHeaders'] }
    assert_equal ['host', 'content-length;host', 'content-length;host'], [signed.(), signed.(size: 5), signed.(size: 0)]
  end

  def test_by_a_published_port_the_bytes_pass_here
    bytes = 'large'
    oid = Digest::SHA256.hexdigest(bytes)
    auth = "Basic #{Base64.strict_encode64("root:#{TOKEN}")}"
    head = { 'HTTP_HOST' => '127.0.0.1:32768', 'HTTP_AUTHORIZATION' => auth, 'CONTENT_TYPE' => 'application/x-www-form-urlencoded' }
    ask = ->(operation) { json(lfs('batch', { operation: operation, objects: [{ oid: oid, size: 5 }] }, host: head['HTTP_HOST']))['objects'][0]['actions'] }
    way = ask.('upload')['upload']
    place = "http://127.0.0.1:32768/#{@project['path_with_namespace']}.git/gitlab-lfs/objects/#{oid}"
    assert_equal ["#{place}/5", { 'Authorization' => auth }], way.values_at('href', 'header')
    assert_equal [401, 422, 422, 200], [['', bytes], [auth, 'small'], [auth, 'larger'], [auth, bytes]].map { |secret, sent|
      app.put(URI(way['href']).path, **head, 'HTTP_AUTHORIZATION' => secret, input: sent).status
    }
    assert_equal 404, app.get(URI(place).path, **head).status, 'it counts once it is verified'
    assert_equal 200, lfs('verify', { oid: oid, size: 5 }).status
    got = app.get(URI(ask.('download')['download']['href']).path, **head)
    assert_equal [200, bytes], [got.status, got.body]
  end

  def test_an_upload_by_a_published_port_is_put_and_fetched_there
    here = { host: 'localhost:8080', private_token: TOKEN }
    made = json(call('POST', "/api/v4/projects/#{@project['id']}/uploads", { filename: 'notes.txt', size: 4 }, **here))
    place = "/api/v4/projects/#{@project['id']}/uploads/#{made['id']}"
    assert_equal "http://localhost:8080#{place}", made['upload_url']
    assert_equal 404, call('GET', place, nil, **here).status
    assert_equal 401, app.put(place, input: 'bytes').status
    assert_equal 200, app.put(place, 'HTTP_PRIVATE_TOKEN' => TOKEN, 'CONTENT_TYPE' => 'application/x-www-form-urlencoded', input: "\xff\0\x01%".b).status
    got = call('GET', place, nil, **here)
    assert_equal [200, "\xff\0\x01%".b, 'attachment; filename="notes.txt"'], [got.status, got.body, got['content-disposition']]
  end

  def test_an_upload_has_the_size_that_was_announced_and_stays_what_it_was
    here = { host: 'localhost:8080', private_token: TOKEN }
    made = json(call('POST', "/api/v4/projects/#{@project['id']}/uploads", { filename: 'notes.txt', size: 5 }, **here))
    place = "/api/v4/projects/#{@project['id']}/uploads/#{made['id']}"
    put = ->(bytes) { app.put(place, 'HTTP_PRIVATE_TOKEN' => TOKEN, input: bytes).then { |one| [one.status, json(one)['message']] } }
    assert_equal [422, 'Size is 9, not 5'], put.('123456789')
    assert_equal [422, 'Size is 0, not 5'], put.('')
    assert_equal 404, call('GET', place, nil, **here).status
    assert_equal [200, nil], put.('first')
    assert_equal [200, nil], put.('first')
    assert_equal [409, 'The file has been uploaded already'], put.('other')
    assert_equal [422, 'Size is 4, not 5'], put.('more')
    assert_equal 'first', call('GET', place, nil, **here).body
  end

  def test_of_two_who_put_an_upload_at_once_one_is_told_that_it_is_kept
    made = json(api('POST', "/projects/#{@project['id']}/uploads", { filename: 'a', size: 1 }))
    place = "/api/v4/projects/#{@project['id']}/uploads/#{made['id']}"
    put = lambda do |byte|
      [byte, Rack::MockRequest.new(Standin::Web::App.build(context)).put(place, 'HTTP_PRIVATE_TOKEN' => TOKEN, input: byte).status]
    end
    slow = context.object_store.method(:put)
    told = context.object_store.stub(:put, ->(*given, **more) { sleep(0.05) && slow.call(*given, **more) }) do
      %w[a b c].map { |byte| Thread.new { put.(byte) } }.map(&:value)
    end
    kept = context.object_store.kept[[:uploads, "#{made['id']}/a"]]
    assert_equal [[kept, 200]], told.select { |_, code| code == 200 }
    assert_equal [409, 409], told.filter_map { |_, code| code unless code == 200 }
  end

  def test_a_batch_of_something_else_is_refused
    [{ operation: 'upload', objects: 1 }, { operation: 'upload' }, { operation: {}, objects: [] }, { objects: [] }].each do |given|
      assert_equal 422, lfs('batch', given).status, given.inspect
    end
    [[], 1, 'x'].each { |given| assert_equal 400, lfs('batch', given).status, given.inspect }
    odd = [1, nil, [], { oid: {}, size: 1 }, { oid: OID, size: -1 }, { oid: OID, size: 10**30 }, { oid: OID, size: '5' }]
    assert_equal [], json(lfs('batch', { operation: 'upload', objects: odd }))['objects']
  end

  def test_strangers_get_no_link
    [nil, 'wrong'].each { |secret| assert_equal 401, batch('upload', secret: secret).status }
    assert_equal 401, batch('download', secret: nil).status
    @project = { 'path_with_namespace' => 'root/nowhere' }
    assert_equal 404, batch('download').status
  end

  def test_an_upload_has_a_link_to_put_it_and_one_to_get_it
    uploads = "/projects/#{@project['id']}/uploads"
    made = json(api('POST', uploads, { filename: '../notes.txt', size: 5 }))
    key = "#{made['id']}/notes.txt"
    assert_equal ['notes.txt', "https://objects.test/uploads/#{key}?for=put_object&size=5"], made.values_at('filename', 'upload_url')
    assert_equal 404, api('GET', "#{uploads}/#{made['id']}").status
    context.object_store.put(:uploads, key, 'bytes')
    found = api('GET', "#{uploads}/#{made['id']}")
    assert_equal [302, "https://objects.test/uploads/#{key}?for=get_object"], [found.status, found['location']]
    assert_equal [made['id']], json(api('GET', uploads)).map { |one| one['id'] }
    assert_equal 404, api('GET', "#{uploads}/x").status
    assert_equal 401, call('POST', "/api/v4#{uploads}", { filename: 'a' }).status
  end
end
