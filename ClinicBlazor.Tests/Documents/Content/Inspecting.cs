using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Documents.Content;

/// <summary>Has bytes looked into, as an upload is.</summary>
internal static class Inspecting
{
    public static async Task<Result<InspectedContent>> InspectAsync(string fileName, byte[] content)
    {
        using var inspector = new ContentInspector();
        using var stream = new MemoryStream(content);
        return await inspector.InspectAsync(fileName, stream, CancellationToken.None);
    }

    public static async Task<InspectedContent> TakenAsync(string fileName, byte[] content)
    {
        var result = await InspectAsync(fileName, content);
        Assert.True(result.IsSuccess, result.Error?.Fields[0].Message.ToString());
        return result.Value;
    }

    /// <summary>The sentence of a refusal, in English.</summary>
    public static async Task<string> RefusalAsync(string fileName, byte[] content)
    {
        var result = await InspectAsync(fileName, content);
        Assert.Equal(ErrorKind.Invalid, result.Error?.Kind);
        var finding = Assert.Single(result.Error!.Fields);
        Assert.Equal("File", finding.Field);
        return finding.Message.ToString();
    }
}
