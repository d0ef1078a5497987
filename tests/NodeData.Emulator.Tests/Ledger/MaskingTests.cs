using NodeData.Emulator.Tests.Doubles;

namespace NodeData.Emulator.Tests.Ledger;

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
    public async Task A_secret_in_an_address_is_masked(string sent, string recorded)
    {
        await using var wire = await Wire.OpenAsync();

        await Send(wire, sent);

        Assert.Equal(recorded, Assert.Single(wire.Emulator.Requests).Path);
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
        await using var wire = await Wire.OpenAsync();

        await Send(wire, sent);

        Assert.DoesNotContain("s3cret", Assert.Single(wire.Emulator.Requests).Path, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_secret_in_another_header_is_masked()
    {
        await using var wire = await Wire.OpenAsync();

        await wire.Send("POST", "/v1/keys", "{}", null, ("Idempotency-Key", "nd_live_s3cret"), ("User-Agent", "x/nd_test_s3cret"));

        var request = Assert.Single(wire.Emulator.Requests);
        Assert.Equal(("nd_live_…", "x/nd_test_…"), (request.IdempotencyKey, request.UserAgent));
    }

    [Fact]
    public async Task The_hint_of_a_key_is_there_even_where_the_key_is_unknown()
    {
        await using var wire = await Wire.OpenAsync();

        await wire.Send("GET", "/v1/me", key: "nd_live_0123456789abcdef6789");
        await wire.Send("GET", "/v1/me", key: "nd_live_0123456789abcdef678");
        await wire.Send("GET", "/v1/me", key: "nonsense");

        Assert.Equal(["nd_live_…6789", "nd_live_…", null], wire.Emulator.Requests.Select(request => request.KeyHint));
    }

    // By hand: a client would tidy the address up.
    private static async Task Send(Wire wire, string path)
    {
        using var connection = await RawConnection.OpenAsync(wire.Emulator.BaseAddress);
        await connection.Send(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {wire.TestKey}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 ", (await connection.ReadToEnd()).Text, StringComparison.Ordinal);
    }
}
