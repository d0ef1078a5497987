using System.Text.Json;
using NodeData.Cli.Webhooks.Signing;
using NodeData.Sdk;

namespace NodeData.Cli.Tests.Webhooks.Signing;

/// <summary>A test vector of the contract's signatures.</summary>
internal sealed record SignatureVector(string Name, byte[] Body, string Header, string[] Secrets, long Now, int Tolerance, string Expect)
{
    public static IReadOnlyList<SignatureVector> All { get; } = Read();

    public static SignatureVector GetByName(string name) => All.Single(vector => vector.Name == name);

    public SignatureCheck Check() =>
        SignatureCheck.Create(
            Body,
            Header,
            [.. Secrets.Select(WebhookSecret.Parse)],
            DateTimeOffset.FromUnixTimeSeconds(Now),
            TimeSpan.FromSeconds(Tolerance)
        );

    private static List<SignatureVector> Read()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors/webhook-signatures.json"))
        );
        return
        [
            .. document
                .RootElement.GetProperty("vectors")
                .EnumerateArray()
                .Select(vector => new SignatureVector(
                    vector.GetProperty("name").GetString()!,
                    vector.GetProperty("body_base64").GetBytesFromBase64(),
                    vector.GetProperty("header").GetString()!,
                    [.. vector.GetProperty("secrets").EnumerateArray().Select(secret => secret.GetString()!)],
                    vector.GetProperty("now").GetInt64(),
                    vector.GetProperty("tolerance_seconds").GetInt32(),
                    vector.GetProperty("expect").GetString()!
                )),
        ];
    }
}
