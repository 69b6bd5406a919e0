using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Pamps.Tests.AppHost.Standalone;

/// <summary>Values from configuration, generated ones, and ones that are missing.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("--Parameters:api-key=given")]
    [InlineData("--Parameters:api_key=given")]
    public async Task A_configured_value_wins(string argument)
    {
        await using var model = new AppModel([argument]);
        var parameter = model.Builder.AddParameter("api-key", "default");

        Assert.Equal("given", await parameter.Resource.GetValueAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_missing_value_fails_the_parameter_and_who_needs_it()
    {
        await using var model = new AppModel();
        var parameter = model.Builder.AddParameter("api-key");
        model.AddShell("task", "exit 0").WithEnvironment("KEY", parameter);
        await model.StartAsync();

        Assert.Equal(KnownResourceStates.FailedToStart, (await model.EndOfAsync("api-key")).State?.Text);
        Assert.Equal(KnownResourceStates.FailedToStart, (await model.EndOfAsync("task")).State?.Text);
        Assert.Contains(
            "Parameter resource could not be used because configuration key 'Parameters:api-key' is missing and the Parameter has no default value.",
            model.LogOf("task"),
            StringComparison.Ordinal);
        Assert.Contains("'Parameters__api_key'", model.LogOf("api-key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persistent_value_is_generated_once_and_others_every_time()
    {
        var folder = AppModel.CreateDataFolder();
        var kept = new List<string?>();
        var fresh = new List<string?>();
        for (var run = 0; run < 2; run++)
        {
            await using var model = new AppModel(dataFolder: folder);
            kept.Add(await model.Builder.AddParameter("kept", new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true, persist: true).Resource.GetValueAsync(default));
            fresh.Add(await model.Builder.AddParameter("fresh", new GenerateParameterDefault(), secret: true).Resource.GetValueAsync(default));
        }

        Assert.Equal(kept[0], kept[1]);
        Assert.Matches("^[A-Za-z0-9]{48}$", kept[0]);
        Assert.NotEqual(fresh[0], fresh[1]);
        var file = Directory.EnumerateFiles(folder, "secrets.json", SearchOption.AllDirectories).Single();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_generated_value_keeps_its_minima()
    {
        var value = new GenerateParameterDefault { MinLength = 10, MinUpper = 2, MinNumeric = 3, MinSpecial = 1, MinLower = 4 }.GetDefaultValue();

        Assert.Equal(10, value.Length);
        Assert.Equal((2, 3, 4), (value.Count(char.IsAsciiLetterUpper), value.Count(char.IsAsciiDigit), value.Count(char.IsAsciiLetterLower)));
    }
}
