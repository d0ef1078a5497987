using Microsoft.Extensions.Time.Testing;
using NodeData.Sdk.Tpm.Tests.Doubles;
using static NodeData.Sdk.Tpm.Tests.Doubles.Answers;

namespace NodeData.Sdk.Tpm.Tests;

/// <summary>What answers is no TPM, or one that lies: each read ends in time, with a message and without a secret.</summary>
public sealed class HostileAnswerTests
{
    private const string Index = "0x01500016";
    private const string Sealed = "0x81010001";
    private const string NoTpm = "gave an answer that is none of a TPM 2.0";

    public static TheoryData<string, byte[], string> BentAnswers { get; } =
        new()
        {
            { "nothing", [], "gave no answer" },
            { "half a header", [0x80, 0x02, 0, 0], "gave half an answer (4 bytes)" },
            { "half an answer", Unsealed(Swtpm.Key)[..^3], "gave half an answer" },
            { "another protocol", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), NoTpm },
            { "a size below the header's", [0x80, 0x02, .. UInt32(9), .. UInt32(0)], NoTpm },
            { "a size above every TPM's", [0x80, 0x02, .. UInt32(4097), .. UInt32(0)], NoTpm },
            { "a size of 4 GiB", [0x80, 0x02, .. UInt32(uint.MaxValue), .. UInt32(0)], NoTpm },
            { "more than its size", [.. Unsealed(Swtpm.Key), 0], NoTpm },
            { "no session where one was", Whole(0x8001, Sized("nd_test_abcdefghijklmnopqrst1234"u8.ToArray())), NoTpm },
            { "nothing behind the header", Whole(0x8002, []), NoTpm },
            { "parameters longer than the answer", Whole(0x8002, [.. UInt32(1000), .. Sized("x"u8.ToArray())]), NoTpm },
            { "parameters of 4 GiB", Whole(0x8002, [.. UInt32(uint.MaxValue), .. Sized("x"u8.ToArray())]), NoTpm },
            { "a secret longer than its parameters", WithSessions([.. UInt16(1000), .. "nd_test_abcdefghijklmnopqrst1234"u8]), NoTpm },
            { "a refusal with something behind it", [0x80, 0x01, .. UInt32(11), .. UInt32(0x18B), 0], NoTpm },
            { "no text", WithSessions(Sized([0x00, 0xC3, 0x28])), "holds 3 bytes that are no text" },
            { "a TPM 1.2", [0x00, 0xC4, .. UInt32(10), .. UInt32(0x1E)], "this is a TPM 1.2" },
            { "an unknown refusal", Code(0x7FF), "the TPM refused. The TPM said 0x7FF. tpm2_rc_decode explains the code." },
            { "failure mode", Code(0x101), "the TPM is in failure mode" },
            { "busy", Code(0x922), "the TPM was busy each time it was asked" },
            { "out of memory", Code(0x902), "the TPM is short of memory" },
        };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BentAnswers))]
    public async Task A_bent_answer_ends_in_a_message_that_says_so(string what, byte[] answer, string said)
    {
        await using var tpm = new HostileTpm(_ => answer);
        using var resolver = ResolverOf(tpm);

        foreach (var door in Enum.GetValues<Door>())
        {
            var refusal = await resolver.Refusal(Sealed, door);
            Assert.True(refusal.Contains(said, StringComparison.Ordinal), $"{what}: {refusal}");
        }
    }

    [Fact]
    public async Task An_index_may_not_be_larger_than_it_says_nor_give_more_or_less_than_asked()
    {
        Assert.Contains("holds 5000 bytes", await IndexRefusal(Public(5000)), StringComparison.Ordinal);
        Assert.Contains("holds 0 bytes", await IndexRefusal(Public(0)), StringComparison.Ordinal);
        Assert.Contains("gave 9 bytes of the index", await IndexRefusal(Public(8), Piece("123456789")), StringComparison.Ordinal);
        Assert.Contains("gave 0 bytes of the index", await IndexRefusal(Public(8), Piece("")), StringComparison.Ordinal);
        Assert.Contains(NoTpm, await IndexRefusal(Whole(0x8001, Sized(new byte[3]))), StringComparison.Ordinal);
        Assert.Contains(NoTpm, await IndexRefusal(Public(300), Whole(0x8001, [0, 0])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_is_read_in_the_pieces_that_the_TPM_gives()
    {
        byte[][] answers = [Public(300), LargestPiece(0), .. Swtpm.Key.Select(letter => Piece($"{letter}")), Piece(new string('\n', 268))];
        await using var tpm = new HostileTpm(number => answers[number]);
        using var resolver = ResolverOf(tpm);

        Assert.Equal(Swtpm.Key, await resolver.ResolveAsync(Index, Token));
    }

    [Fact]
    public async Task Whatever_is_bent_in_an_answer_ends_in_our_own_error_or_in_some_text()
    {
        var random = new Random(20260807);
        byte[][] sound = [Public(300), LargestPiece(1024), Piece(new string('x', 300))];
        byte[][] answers = sound;
        await using var tpm = new HostileTpm(number => answers[Math.Min(number, answers.Length - 1)]);
        using var resolver = ResolverOf(tpm);
        var refused = 0;

        for (var round = 0; round < 500; round++)
        {
            answers = [.. sound.Select(answer => Bend(answer, random))];
            try
            {
                await resolver.ResolveAsync(Index, Token);
            }
            catch (NodeDataConfigurationException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 499);
    }

    [Theory]
    [ThroughBothDoors]
    public async Task A_TPM_that_never_answers_ends_with_the_time_limit_and_the_next_read_is_served(Door door)
    {
        var clock = new FakeTimeProvider();
        var isSilent = true;
        await using var tpm = new HostileTpm(_ => isSilent ? null : Unsealed(Swtpm.Key));
        using var resolver = ResolverOf(tpm, clock);

        var reading = resolver.Read(door, Sealed);
        await tpm.Asked.WaitAsync(Token);
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(10));

        var error = await Assert.ThrowsAsync<NodeDataConfigurationException>(() => reading);
        Assert.Contains("did not answer within 10 s", error.Message, StringComparison.Ordinal);
        isSilent = false;
        Assert.Equal(Swtpm.Key, await resolver.Read(door, Sealed));
    }

    [Theory]
    [ThroughBothDoors]
    public async Task The_callers_cancellation_ends_a_read_and_the_wait_for_its_turn(Door door)
    {
        await using var tpm = new HostileTpm(_ => null);
        using var resolver = ResolverOf(tpm);
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var first = resolver.Read(door, Sealed, caller.Token);
        await tpm.Asked.WaitAsync(Token);
        var second = resolver.Read(door, Sealed, caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, tpm.Connections);
    }

    [Fact]
    public async Task Many_reads_at_once_take_turns()
    {
        await using var tpm = new HostileTpm(_ => Unsealed(Swtpm.Key));
        using var resolver = ResolverOf(tpm);

        var read = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(number => resolver.Read(number % 2 == 0 ? Door.Sync : Door.Async, Sealed))
        );

        Assert.All(read, text => Assert.Equal(Swtpm.Key, text));
    }

    // In its header and the lengths behind it for the most part.
    private static byte[] Bend(byte[] answer, Random random)
    {
        var bent = answer.ToArray();
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            bent[random.Next(random.Next(2) == 0 ? Math.Min(24, bent.Length) : bent.Length)] = (byte)random.Next(256);
        }

        return bent;
    }

    private static TpmSecretResolver ResolverOf(HostileTpm tpm, TimeProvider? clock = null)
    {
        var options = new TpmSecretOptions { Address = tpm.Address, Authorization = Swtpm.Password };
        options.TimeProvider = clock ?? options.TimeProvider;
        options.Timeout = clock is null ? Swtpm.LongestWait : options.Timeout;
        return new TpmSecretResolver(options);
    }

    private static async Task<string> IndexRefusal(params byte[][] answers)
    {
        await using var tpm = new HostileTpm(number => answers[number]);
        using var resolver = ResolverOf(tpm);
        return await resolver.Refusal(Index);
    }
}
