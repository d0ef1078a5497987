using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.RecordedRequests;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("/v1/keys/nd_test_s3cretS3cret", "/v1/keys/nd_test_…")]
    [InlineData("/v1/keys/nd_live_s3cretS3cret/more", "/v1/keys/nd_live_…/more")]
    [InlineData("/v1/keys/ND_LIVE_s3cretS3cret", "/v1/keys/ND_LIVE_…")]
    [InlineData("/v1/keys?key=nd_test_s3cretS3cret&limit=5", "/v1/keys?key=nd_test_…&limit=5")]
    [InlineData("/v1/keys?key=nd%5Ftest%5fs3cretS3cret", "/v1/keys?key=nd%5Ftest%5f…")]
    [InlineData("/v1/keys?key=ND%5FTEST%5Fs3cret%2DS3cret", "/v1/keys?key=ND%5FTEST%5F…")]
    [InlineData("/v1/keys?secret=whsec_test_s3cretS3cret", "/v1/keys?secret=whsec_…")]
    [InlineData("/v1/webhook_endpoints/whsec_live_s3cretS3cret/events", "/v1/webhook_endpoints/whsec_…/events")]
    public async Task A_secret_in_a_URL_is_masked(string sent, string recorded)
    {
        await using var client = await EmulatorClient.StartAsync();

        await Send(client, sent);

        Assert.Equal(recorded, Assert.Single(client.Emulator.Requests).Path);
    }

    [Theory]
    [InlineData("/v1/keys/nd%5Ftest%5Fs3cretS3cret")]
    [InlineData("/v1/keys/%6Ed_test_s3cretS3cret")]
    [InlineData("/v1/keys?key=%6Ed_test_s3cretS3cret")]
    [InlineData("/v1/keys?key=nd_tes%74_s3cretS3cret")]
    [InlineData("/v1/keys?key=nd%255Ftest%255Fs3cretS3cret")]
    [InlineData("/v1/webhook_endpoints/%77hsec%5Ftest%5Fs3cretS3cret")]
    public async Task A_secret_is_masked_however_it_is_encoded(string sent)
    {
        await using var client = await EmulatorClient.StartAsync();

        await Send(client, sent);

        Assert.DoesNotContain("s3cret", Assert.Single(client.Emulator.Requests).Path, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_secret_in_another_header_is_masked()
    {
        await using var client = await EmulatorClient.StartAsync();

        await client.Send("POST", "/v1/keys", "{}", null, ("Idempotency-Key", "nd_live_s3cret"), ("User-Agent", "x/nd_test_s3cret"));

        var request = Assert.Single(client.Emulator.Requests);
        Assert.Equal(("nd_live_…", "x/nd_test_…"), (request.IdempotencyKey, request.UserAgent));
    }

    [Fact]
    public async Task The_hint_of_an_unknown_key_is_recorded()
    {
        await using var client = await EmulatorClient.StartAsync();

        await client.Send("GET", "/v1/me", key: "nd_live_0123456789abcdef6789");
        await client.Send("GET", "/v1/me", key: "nd_live_0123456789abcdef678");
        await client.Send("GET", "/v1/me", key: "nonsense");

        Assert.Equal(["nd_live_…6789", "nd_live_…", null], client.Emulator.Requests.Select(request => request.KeyHint));
    }

    // A raw request, because a client would normalize the URL.
    private static async Task Send(EmulatorClient client, string path)
    {
        using var connection = await RawConnection.OpenAsync(client.Emulator.BaseAddress);
        await connection.Send(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {client.TestKey}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 ", (await connection.ReadToEnd()).Text, StringComparison.Ordinal);
    }
}
