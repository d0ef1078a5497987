using NodeData.Sdk.Http;
using NodeData.Sdk.Tests.Doubles;

namespace NodeData.Sdk.Tests.Http;

/// <summary>Tests the date forms of HTTP, and <c>Retry-After</c> as a date.</summary>
public sealed class HttpDateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 1994)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 1994)]
    [InlineData("Sun Nov  6 08:49:37 1994", 1994)]
    [InlineData("Friday, 06-Nov-26 08:49:37 GMT", 2026)]
    [InlineData("Saturday, 06-Nov-76 08:49:37 GMT", 2076)]
    [InlineData("Sunday, 06-Nov-77 08:49:37 GMT", 1977)]
    public void Every_form_is_read(string text, int year) =>
        Assert.Equal(new DateTimeOffset(year, 11, 6, 8, 49, 37, TimeSpan.Zero), HttpDate.Parse(text, Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2026-11-28T00:00:00Z")]
    [InlineData(", 06-Nov-94 08:49:37 GMT")]
    [InlineData("Sun, 31 Nov 1994 08:49:37 GMT")]
    public void What_is_no_date_is_not(string? text) => Assert.Null(HttpDate.Parse(text, Now));

    [Theory]
    [InlineData("Sat, 28 Nov 2026 00:00:30 GMT")]
    [InlineData("Saturday, 28-Nov-26 00:00:30 GMT")]
    [InlineData("Sat Nov 28 00:00:30 2026")]
    public async Task Retry_After_counts_from_the_date_of_the_response_whatever_the_clock_says(string retryAfter)
    {
        await using var server = new ScriptedServer(request =>
            request.RespondAsync(429, "{}", "Date: Sat, 28 Nov 2026 00:00:00 GMT", $"Retry-After: {retryAfter}")
        );
        foreach (var skew in new[] { TimeSpan.FromMinutes(-20), TimeSpan.Zero, TimeSpan.FromMinutes(20) })
        {
            using var node = TestClients.Create(server.BaseAddress, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Now + skew));

            var error = await Assert.ThrowsAsync<NodeDataRateLimitException>(() => node.GetMe(CallStyle.Async));

            Assert.Equal(TimeSpan.FromSeconds(30), error.RetryAfter);
        }
    }
}
