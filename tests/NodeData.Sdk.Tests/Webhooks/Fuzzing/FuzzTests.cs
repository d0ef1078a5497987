namespace NodeData.Sdk.Tests.Webhooks.Fuzzing;

/// <summary>A bounded run of what <c>eng/fuzz.sh</c> does without end: the seeds, then changes of them, always the same ones.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    private static readonly byte[][] Seeds =
    [
        .. Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Webhooks", "Fuzzing", "Seeds"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ];

    [Fact]
    public void No_seed_throws_or_is_judged_otherwise_than_the_rules_say()
    {
        Assert.NotEmpty(Seeds);
        Assert.All(Seeds, seed => FuzzTarget.Run(seed));
    }

    [Fact]
    public void No_change_of_a_seed_does_either()
    {
        var random = new Random(20_260_801);
        for (var round = 0; round < Rounds; round++)
        {
            var input = Change(Seeds[random.Next(Seeds.Length)], random);
            var failure = Record.Exception(() => FuzzTarget.Run(input));

            Assert.True(failure is null, $"Round {round}, input {Convert.ToBase64String(input)}: {failure}");
        }
    }

    private static byte[] Change(byte[] seed, Random random)
    {
        var input = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(input.Count + 1);
            var length = Math.Min(random.Next(1, 20), input.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < input.Count:
                    input[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    input.Insert(at, (byte)random.Next(256));
                    break;
                case 2:
                    input.RemoveRange(at, length);
                    break;
                case 3:
                    input.InsertRange(random.Next(input.Count + 1), input.GetRange(at, length));
                    break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    input.InsertRange(at, other.Skip(random.Next(other.Length)).Take(random.Next(60)));
                    break;
            }
        }

        return [.. input];
    }
}
