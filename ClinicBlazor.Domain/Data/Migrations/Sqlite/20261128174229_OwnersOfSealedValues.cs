using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OwnersOfSealedValues : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "Signatures",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<byte[]>(
                name: "Names",
                table: "Signatures",
                type: "BLOB",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "KeyRotations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_KeyRotations", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries",
                column: "RecordId",
                filter: "\"Act\" = 'RecordSigned'");

            migrationBuilder.LetKeysChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeys();

            migrationBuilder.DropTable(
                name: "KeyRotations");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Signings",
                table: "AuditEntries");

            // As plain statements: a table that is made anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE \"Signatures\" DROP COLUMN \"Form\"");
            migrationBuilder.Sql("ALTER TABLE \"Signatures\" DROP COLUMN \"Names\"");
        }
    }
}
