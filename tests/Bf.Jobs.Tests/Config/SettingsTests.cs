using Bf.Jobs.Config;

namespace Bf.Jobs.Tests.Config;

public sealed class SettingsTests
{
    [Fact]
    public void The_nearer_setting_wins_flag_environment_dotenv_profile_default()
    {
        using var folder = new TempFolder();
        Assert.Equal(("./lake", SettingOrigin.Default), Lake(folder));

        folder.Write("profiles/local.env", "BF_LAKE=/profile\n");
        Assert.Equal(("/profile", SettingOrigin.Profile), Lake(folder));

        folder.Write(".env", "BF_LAKE=/dotenv\n");
        Assert.Equal(("/dotenv", SettingOrigin.DotEnv), Lake(folder));

        Assert.Equal(("/variable", SettingOrigin.Environment), Lake(folder, variable: "/variable"));
        Assert.Equal(("/dotenv", SettingOrigin.DotEnv), Lake(folder, variable: "")); // an empty one says nothing
        Assert.Equal(("/flag", SettingOrigin.Flag), Lake(folder, "/flag", "/variable"));
    }

    [Fact]
    public void A_profile_is_chosen_by_flag_environment_or_dotenv()
    {
        using var folder = new TempFolder();
        folder.Write("profiles/one.env", "BF_LAKE=/one\n");
        folder.Write("profiles/two.env", "BF_LAKE=/two\n");
        folder.Write(".env", "BF_PROFILE=one\n");

        Assert.Equal("/one", new Settings(new Dictionary<string, string>(), _ => null, folder.Path).Of("BF_LAKE").Value);
        Assert.Equal("/two", new Settings(new Dictionary<string, string>(), n => n == "BF_PROFILE" ? "two" : null, folder.Path).Of("BF_LAKE").Value);
        Assert.Equal("/one", new Settings(new Dictionary<string, string> { ["BF_PROFILE"] = "one" }, n => n == "BF_PROFILE" ? "two" : null, folder.Path).Of("BF_LAKE").Value);
    }

    [Fact]
    public void A_profile_that_is_not_there_is_an_error_that_names_those_that_are()
    {
        using var folder = new TempFolder();
        folder.Write("profiles/cluster.env", "");
        var message = Assert.Throws<JobException>(() => new Settings(new Dictionary<string, string> { ["BF_PROFILE"] = "clutser" }, _ => null, folder.Path)).Message;

        Assert.Contains("no profile 'clutser'", message);
        Assert.Contains("cluster", message);
    }

    [Theory]
    [InlineData("BF_LAKE=/a/b", "/a/b")]
    [InlineData("  BF_LAKE = /a/b  ", "/a/b")]
    [InlineData("export BF_LAKE=/a/b", "/a/b")]
    [InlineData("BF_LAKE=\"/a b\"", "/a b")]
    [InlineData("BF_LAKE='/a b'", "/a b")]
    [InlineData("# BF_LAKE=/no\n\nBF_LAKE=/a=b#c", "/a=b#c")]
    [InlineData("BF_LAKE=/first\nBF_LAKE=/last\r\n", "/last")]
    public void A_dotenv_is_written_as_elsewhere(string text, string value)
    {
        using var folder = new TempFolder();
        folder.Write(".env", text);

        Assert.Equal((value, SettingOrigin.DotEnv), Lake(folder));
    }

    [Theory]
    [InlineData("BF_LAKE=/a\n\nnonsense\n", 3)]
    [InlineData("=value", 1)]
    public void A_line_that_is_no_setting_is_named(string text, int line)
    {
        using var folder = new TempFolder();
        folder.Write(".env", text);

        Assert.Equal($"{folder.At(".env")} line {line}: write NAME=VALUE", Assert.Throws<JobException>(() => Lake(folder)).Message);
    }

    [Fact]
    public void Secrets_are_never_shown()
    {
        using var folder = new TempFolder();
        folder.Write("profiles/value of BF_PROFILE.env", "");
        var settings = new Settings(new Dictionary<string, string>(), name => $"value of {name}", folder.Path);
        foreach (var s in settings.All)
        {
            Assert.Equal(s.Setting.Secret ? "********" : s.Value, s.Setting.Show(s.Value));
            Assert.Equal(s.Setting.Name.Contains("KEY", StringComparison.Ordinal) || s.Setting.Name.Contains("PASSWORD", StringComparison.Ordinal) || s.Setting.Name.Contains("HEADERS", StringComparison.Ordinal), s.Setting.Secret);
        }

        Assert.Equal("", settings.All[0].Setting.Show(null));
    }

    [Fact]
    public void The_token_in_the_address_of_a_spark_server_is_not_shown() =>
        Assert.Equal("sc://h:443/;********", Setting.All.Single(s => s.Name == "SPARK_REMOTE").Show("sc://h:443/;use_ssl=true;token=SECRET"));

    [Theory]
    [InlineData("MINIO_ENDPOINT", "http://me:SECRET@store:9000", "http://********@store:9000")]
    [InlineData("MINIO_ENDPOINT", "me:SECRET@store:9000", "********@store:9000")]
    [InlineData("SPARK_REMOTE", "sc://me:SECRET@h:443/;token=SECRET", "sc://********@h:443/;********")]
    [InlineData("BF_LAKE", "a@b", "a@b")]
    public void A_name_and_password_in_an_address_are_not_shown(string name, string value, string shown) =>
        Assert.Equal(shown, Setting.All.Single(s => s.Name == name).Show(value));

    [Fact]
    public void An_endpoint_with_a_password_is_refused_and_not_printed()
    {
        using var folder = new TempFolder();
        var settings = new Settings(new Dictionary<string, string>(), name => name == "MINIO_ENDPOINT" ? "http://me:hush@store:9000" : null, folder.Path);

        var e = Assert.Throws<JobException>(() => Bf.Jobs.Lake.Store.S3.S3Settings.From("s3://bucket/lake", settings));

        Assert.Contains("MINIO_ENDPOINT", e.Message);
        Assert.DoesNotContain("hush", e.Message);
    }

    private static (string?, SettingOrigin) Lake(TempFolder folder, string? flag = null, string? variable = null)
    {
        var flags = flag is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["BF_LAKE"] = flag };
        var value = new Settings(flags, name => name == "BF_LAKE" ? variable : null, folder.Path).Of("BF_LAKE");
        return (value.Value, value.Origin);
    }
}
