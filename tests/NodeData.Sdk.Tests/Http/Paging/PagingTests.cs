using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http.Paging;

public sealed class PagingTests
{
    [Theory]
    [SyncAndAsync]
    public async Task Pages_are_fetched_one_after_another_with_encoded_cursors(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.Text.Contains("cursor=a%2Fb%3D%26", StringComparison.Ordinal)
                ? request.RespondAsync(200, """{"items":[{"id":"key_2"}],"next_cursor":null,"has_more":false}""")
                : request.RespondAsync(200, """{"items":[{"id":"key_1"}],"next_cursor":"a/b=&","has_more":true}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        Assert.Equal(["key_1", "key_2"], (await node.ListKeys(callStyle)).Select(key => key.Id));
        Assert.Equal(
            ["GET /v1/keys?limit=100", "GET /v1/keys?limit=100&cursor=a%2Fb%3D%26"],
            server.Requests.Select(request => request.Text.Split(" HTTP")[0])
        );
    }

    [Theory]
    [InlineData("""{"items":[],"next_cursor":"x","has_more":false}""")]
    [InlineData("""{"items":[],"next_cursor":null,"has_more":true}""")]
    [InlineData("""{"items":[],"next_cursor":"","has_more":true}""")]
    [InlineData("""{"items":null}""")]
    [InlineData("{}")]
    public async Task The_list_ends_at_either_end_marker(string page)
    {
        await using var server = new ScriptedServer(request => request.RespondAsync(200, page));
        using var node = TestClients.Create(server.BaseAddress);

        Assert.Empty(await node.ListKeys(CallStyle.Sync));
        Assert.Empty(await node.ListKeys(CallStyle.Async));
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_hundredth_empty_page_in_a_row_ends_the_list_with_an_error(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, $$"""{"items":[],"next_cursor":"c{{request.Index}}","has_more":true}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.ListKeys(callStyle));

        Assert.Contains("GET /keys: the service returned 100 empty pages in a row", error.Message, StringComparison.Ordinal);
        Assert.Equal(100, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Empty_pages_between_others_do_not_end_the_list(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
        {
            var item = request.Index % 99 == 0 ? $$"""{"id":"key_{{request.Index}}"}""" : "";
            var hasMore = request.Index < 198 ? "true" : "false";
            return request.RespondAsync(200, $$"""{"items":[{{item}}],"next_cursor":"c{{request.Index}}","has_more":{{hasMore}}}""");
        });
        using var node = TestClients.Create(server.BaseAddress);

        Assert.Equal(["key_0", "key_99", "key_198"], (await node.ListKeys(callStyle)).Select(key => key.Id));
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_repeated_cursor_ends_the_list_with_an_error(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(
                200,
                $$"""{"items":[{"id":"key_{{request.Index}}"}],"next_cursor":"c{{request.Index % 2}}","has_more":true}"""
            )
        );
        using var node = TestClients.Create(server.BaseAddress);

        var error = await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.ListKeys(callStyle));

        Assert.Contains("GET /keys: the service returned the same cursor twice", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [SyncAndAsync]
    public async Task Pages_can_start_at_a_cursor_and_have_a_size(CallStyle callStyle)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, """{"items":[{"id":"key_1"}],"next_cursor":"n"}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        await Assert.ThrowsAsync<NodeDataResponseFormatException>(() => node.ListPages(callStyle, "n", 7));
        Assert.Equal("GET /v1/keys?limit=7&cursor=n", server.Requests.Single().Text.Split(" HTTP")[0]);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.ListPages(callStyle, pageSize: 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.ListPages(callStyle, pageSize: 101));
    }

    [Fact]
    public async Task A_second_enumeration_starts_at_the_first_page()
    {
        await using var server = new ScriptedServer(request =>
            request.Text.Contains("cursor=", StringComparison.Ordinal)
                ? request.RespondAsync(200, """{"items":[{"id":"key_2"}]}""")
                : request.RespondAsync(200, """{"items":[{"id":"key_1"}],"next_cursor":"c"}""")
        );
        using var node = TestClients.Create(server.BaseAddress);
        var pages = node.Keys.List(TestContext.Current.CancellationToken).AsPages();
        var asyncPages = node.Keys.ListAsync(TestContext.Current.CancellationToken).AsPages();

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(["key_1", "key_2"], pages.SelectMany(page => page.Items).Select(key => key.Id));
            var ids = new List<string>();
            await foreach (var page in asyncPages)
            {
                ids.AddRange(page.Items.Select(key => key.Id));
            }

            Assert.Equal(["key_1", "key_2"], ids);
        }
    }

    [Fact]
    public async Task Only_the_pages_that_are_needed_are_fetched()
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, $$"""{"items":[{"id":"key_{{request.Index}}"}],"next_cursor":"c{{request.Index}}"}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        Assert.Equal("key_0", node.Keys.List(TestContext.Current.CancellationToken).First().Id);
        await foreach (var page in node.Keys.ListAsync(TestContext.Current.CancellationToken).AsPages())
        {
            Assert.True(page.HasMore);
            break;
        }

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Either_token_cancels_an_enumeration()
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(200, $$"""{"items":[{"id":"key_{{request.Index}}"}],"next_cursor":"c{{request.Index}}"}""")
        );
        using var node = TestClients.Create(server.BaseAddress);

        foreach (var isCallToken in new[] { true, false })
        {
            using var canceled = new CancellationTokenSource();
            using var other = new CancellationTokenSource();
            var list = node.Keys.ListAsync(isCallToken ? canceled.Token : other.Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var key in list.WithCancellation(isCallToken ? other.Token : canceled.Token))
                {
                    await canceled.CancelAsync();
                }
            });
        }
    }

    [Fact]
    public async Task Lists_can_be_constructed_for_tests()
    {
        NodePage<int>[] pages = [new([1, 2], "next"), new([3])];

        Assert.Equal([1, 2, 3], new NodePagedList<int>(pages));
        var items = new List<int>();
        await foreach (var item in new NodeAsyncPagedList<int>(pages))
        {
            items.Add(item);
        }

        Assert.Equal([1, 2, 3], items);
        Assert.False(pages[1].HasMore);
    }
}
