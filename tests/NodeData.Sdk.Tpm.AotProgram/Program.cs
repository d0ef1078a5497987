using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodeData.Sdk;
using NodeData.Sdk.Tpm;

// Calls the service with the key behind a TPM handle: as a script does, and as an application does. Arguments: the address and the reference. NODE_DATA_TPM
// contains the address of the TPM.
try
{
    using var script = new NodeClient(
        new NodeClientOptions
        {
            ApiKey = args[1],
            BaseAddress = new Uri(args[0]),
            SecretResolvers = { new TpmSecretResolver() },
        }
    );
    var account = script.Me.Get();

    var builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Configuration.AddInMemoryCollection([new("NodeData:BaseAddress", args[0]), new("NodeData:ApiKey", args[1])]);
    builder.Services.AddNodeDataTpm(options => options.KeepLockedIndexes = true);
    builder.Services.AddNodeData();
    using var host = builder.Build();
    await host.StartAsync();
    var same = await host.Services.GetRequiredService<NodeClient>().Me.GetAsync();

    Console.WriteLine(account.Id == same.Id ? "The key behind the handle works." : "The two calls returned different accounts.");
    return 0;
}
catch (NodeDataException failure)
{
    Console.WriteLine(failure.Message);
    return 1;
}
