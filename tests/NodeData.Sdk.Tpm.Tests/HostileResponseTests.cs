using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tpm.Tests.Doubles;
using static NodeData.Sdk.Tpm.Tests.Doubles.TpmResponses;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>Tests for invalid responses: each read ends within its timeout, with a message and without a secret.</summary>
public sealed class HostileResponseTests
{
    private const string Index = "0x01500016";
    private const string Sealed = "0x81010001";
    private const string NotATpm = "sent a response that is not valid for a TPM 2.0";

    public static TheoryData<string, byte[], string> InvalidResponses { get; } =
        new()
        {
            { "nothing", [], "sent no response" },
            { "half a header", [0x80, 0x02, 0, 0], "sent an incomplete response (4 bytes)" },
            { "half a response", CreateUnsealed(Swtpm.Key)[..^3], "sent an incomplete response" },
            { "another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), NotATpm },
            { "a size below the header's", [0x80, 0x02, .. UInt32(9), .. UInt32(0)], NotATpm },
            { "a size above the maximum", [0x80, 0x02, .. UInt32(4097), .. UInt32(0)], NotATpm },
            { "a size of 4 GiB", [0x80, 0x02, .. UInt32(uint.MaxValue), .. UInt32(0)], NotATpm },
            { "more than its size", [.. CreateUnsealed(Swtpm.Key), 0], NotATpm },
            {
                "no session although the command had one",
                CreateResponse(0x8001, WithLength("nd_test_abcdefghijklmnopqrst1234"u8.ToArray())),
                NotATpm
            },
            { "nothing after the header", CreateResponse(0x8002, []), NotATpm },
            { "parameters longer than the response", CreateResponse(0x8002, [.. UInt32(1000), .. WithLength("x"u8.ToArray())]), NotATpm },
            { "parameters of 4 GiB", CreateResponse(0x8002, [.. UInt32(uint.MaxValue), .. WithLength("x"u8.ToArray())]), NotATpm },
            {
                "a secret longer than its parameters",
                CreateWithSession([.. UInt16(1000), .. "nd_test_abcdefghijklmnopqrst1234"u8]),
                NotATpm
            },
            { "an error with extra bytes", [0x80, 0x01, .. UInt32(11), .. UInt32(0x18B), 0], NotATpm },
            { "not text", CreateWithSession(WithLength([0x00, 0xC3, 0x28])), "contains 3 bytes that are not text" },
            { "a TPM 1.2", [0x00, 0xC4, .. UInt32(10), .. UInt32(0x1E)], "this is a TPM 1.2" },
            {
                "an unknown error",
                CreateError(0x7FF),
                "the TPM returned an error. Response code: 0x7FF. tpm2_rc_decode explains the code."
            },
            { "failure mode", CreateError(0x101), "the TPM is in failure mode" },
            { "busy", CreateError(0x922), "the TPM was busy at every attempt" },
            { "out of memory", CreateError(0x902), "the TPM is out of memory" },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(InvalidResponses))]
    public async Task An_invalid_response_is_reported(string description, byte[] response, string expected)
    {
        await using var tpm = new HostileTpm(_ => response);
        using var resolver = CreateResolver(tpm);

        foreach (var callStyle in Enum.GetValues<CallStyle>())
        {
            var error = await resolver.GetErrorAsync(Sealed, callStyle);
            Assert.True(error.Contains(expected, StringComparison.Ordinal), $"{description}: {error}");
        }
    }

    [Fact]
    public async Task An_index_of_invalid_size_or_with_more_or_less_data_than_requested_is_rejected()
    {
        Assert.Contains("has a size of 5000 bytes", await GetIndexErrorAsync(CreatePublicArea(5000)), StringComparison.Ordinal);
        Assert.Contains("has a size of 0 bytes", await GetIndexErrorAsync(CreatePublicArea(0)), StringComparison.Ordinal);
        Assert.Contains(
            "returned 9 bytes of the index",
            await GetIndexErrorAsync(CreatePublicArea(8), CreateChunk("123456789")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "returned 0 bytes of the index",
            await GetIndexErrorAsync(CreatePublicArea(8), CreateChunk("")),
            StringComparison.Ordinal
        );
        Assert.Contains(NotATpm, await GetIndexErrorAsync(CreateResponse(0x8001, WithLength(new byte[3]))), StringComparison.Ordinal);
        Assert.Contains(NotATpm, await GetIndexErrorAsync(CreatePublicArea(300), CreateResponse(0x8001, [0, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_is_read_in_chunks_of_the_size_that_the_TPM_supports()
    {
        byte[][] responses =
        [
            CreatePublicArea(300),
            CreateNvBufferMax(0),
            .. Swtpm.Key.Select(letter => CreateChunk($"{letter}")),
            CreateChunk(new string('\n', 268)),
        ];
        await using var tpm = new HostileTpm(number => responses[number]);
        using var resolver = CreateResolver(tpm);

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task A_randomly_corrupted_response_results_in_a_configuration_error_or_a_text()
    {
        var random = new Random(20260807);
        byte[][] valid = [CreatePublicArea(300), CreateNvBufferMax(1024), CreateChunk(new string('x', 300))];
        byte[][] responses = valid;
        await using var tpm = new HostileTpm(number => responses[Math.Min(number, responses.Length - 1)]);
        using var resolver = CreateResolver(tpm);
        var rejected = 0;

        for (var round = 0; round < 500; round++)
        {
            responses = [.. valid.Select(response => Corrupt(response, random))];
            try
            {
                await resolver.ResolveAsync(Index, Token);
            }
            catch (NodeDataConfigurationException)
            {
                rejected++;
            }
        }

        Assert.InRange(rejected, 100, 499);
    }

    [Theory]
    [SyncAndAsync]
    public async Task A_TPM_that_never_responds_causes_a_timeout_and_the_next_read_succeeds(CallStyle callStyle)
    {
        var clock = new FakeTimeProvider();
        var isSilent = true;
        await using var tpm = new HostileTpm(_ => isSilent ? null : CreateUnsealed(Swtpm.Key));
        using var resolver = CreateResolver(tpm, clock);

        var reading = resolver.ResolveAsync(callStyle, Sealed);
        await tpm.CommandReceived.WaitAsync(Token);
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));

        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => reading);
        Assert.Contains("did not respond within 10 s", error.Message, StringComparison.Ordinal);
        isSilent = false;
        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(callStyle, Sealed));
    }

    [Theory]
    [SyncAndAsync]
    public async Task The_callers_cancellation_ends_a_read_and_the_wait_for_another_read(CallStyle callStyle)
    {
        await using var tpm = new HostileTpm(_ => null);
        using var resolver = CreateResolver(tpm);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var first = resolver.ResolveAsync(callStyle, Sealed, caller.Token);
        await tpm.CommandReceived.WaitAsync(Token);
        var second = resolver.ResolveAsync(callStyle, Sealed, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, tpm.Connections);
    }

    [Fact]
    public async Task Concurrent_reads_are_serialized()
    {
        await using var tpm = new HostileTpm(_ => CreateUnsealed(Swtpm.Key));
        using var resolver = CreateResolver(tpm);

        var read = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(number => resolver.ResolveAsync(number % 2 == 0 ? CallStyle.Sync : CallStyle.Async, Sealed))
        );

        Assert.All(read, text => Assert.Equal(Swtpm.Key, text));
    }

    // Mostly in the header and the lengths that follow it.
    private static byte[] Corrupt(byte[] response, Random random)
    {
        var corrupted = response.ToArray();
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            corrupted[random.Next(random.Next(2) == 0 ? Math.Min(24, corrupted.Length) : corrupted.Length)] = (byte)random.Next(256);
        }

        return corrupted;
    }

    private static TpmSecretResolver CreateResolver(HostileTpm tpm, TimeProvider? clock = null)
    {
        var options = new TpmSecretOptions { Address = tpm.Address, Authorization = Swtpm.Password };
        options.TimeProvider = clock ?? options.TimeProvider;
        options.Timeout = clock is null ? Swtpm.MaxWait : options.Timeout;
        return new TpmSecretResolver(options);
    }

    private static async Task<string> GetIndexErrorAsync(params byte[][] responses)
    {
        await using var tpm = new HostileTpm(number => responses[number]);
        using var resolver = CreateResolver(tpm);
        return await resolver.GetErrorAsync(Index);
    }
}
