using NodeData.Sdk.Http;

namespace NodeData.Sdk.Me;

/// <summary>Describes the requests to the account operations (contract, "Account").</summary>
internal static class MeEndpoints
{
    public static Endpoint<NodeAccount> Get { get; } =
        Endpoint.Get("me", JsonResponse.CreateReader(MeJson.Default.AccountResponse, response => response.ToModel()));
}
