using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Cli.Tests.Webhooks.Signing;

public sealed class PosterTests
{
    [Fact]
    public async Task A_connection_reset_as_soon_as_it_was_made_is_told_like_any_that_broke()
    {
        using var connection = new ResetConnection();
        using var poster = new Poster(TimeProvider.System, connection.OpenAsync);

        var posted = await poster.PostAsync(new Uri("http://127.0.0.1/hook"), [], [], TestContext.Current.CancellationToken);

        Assert.Equal("the connection broke before there was an answer", posted.Error);
    }
}
