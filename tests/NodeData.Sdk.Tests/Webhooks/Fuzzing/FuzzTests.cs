namespace NodeData.Sdk.Tests.Webhooks.Fuzzing;

/// <summary>Runs the fuzz target of <c>eng/fuzz.sh</c> with the seeds, then with a fixed number of reproducible mutations of them.</summary>
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
    public void Every_seed_is_verified_as_the_contract_requires_without_throwing()
    {
        Assert.NotEmpty(Seeds);
        Assert.All(Seeds, seed => FuzzTarget.Run(seed));
    }

    [Fact]
    public void Every_mutated_seed_is_verified_as_the_contract_requires_without_throwing()
    {
        var random = new Random(20_260_801);
        for (var round = 0; round < Rounds; round++)
        {
            var input = Mutate(Seeds[random.Next(Seeds.Length)], random);
            var exception = Record.Exception(() => FuzzTarget.Run(input));

            Assert.True(exception is null, $"Round {round}, input {Convert.ToBase64String(input)}: {exception}");
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var input = seed.ToList();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var position = random.Next(input.Count + 1);
            var length = Math.Min(random.Next(1, 20), input.Count - position);
            switch (random.Next(5))
            {
                case 0 when position < input.Count:
                    input[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    input.Insert(position, (byte)random.Next(256));
                    break;
                case 2:
                    input.RemoveRange(position, length);
                    break;
                case 3:
                    input.InsertRange(random.Next(input.Count + 1), input.GetRange(position, length));
                    break;
                default:
                    var other = Seeds[random.Next(Seeds.Length)];
                    input.InsertRange(position, other.Skip(random.Next(other.Length)).Take(random.Next(60)));
                    break;
            }
        }

        return [.. input];
    }
}
