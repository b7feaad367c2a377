import Annals

/// The files of a bundle that was just begun. It runs as it is, on any dataset with figures.
struct BundleTemplate {
  let id: String

  var files: [BundleFile] {
    [
      file("README.md", readme), file(Manifest.path, manifest), file("report.lua", report),
      file("tolls.lua", module),
    ]
  }

  private func file(_ path: String, _ text: String) -> BundleFile {
    BundleFile(path: path, bytes: Array(text.utf8))
  }

  private var manifest: String {
    """
    {
      "format": 1,
      "id": "\(id)",
      "version": "0.1.0",
      "title": "Tolls by measure",
      "summary": "Adds up what is claimed of the killed, injured and so on.",
      "authors": [
        "Your name"
      ],
      "licence": "CC-BY-4.0",
      "annals": ">=\(AnnalsCommand.version)",
      "scripts": {
        "main": "report.lua"
      },
      "needs": {
        "figures": {
          "measure": "text",
          "value": "figure"
        }
      }
    }

    """
  }

  private var report: String {
    """
    -- Tolls by measure
    --
    -- Of several claims about one quantity one is kept, by the policy that --claims names.

    local tolls = require "tolls"

    local p = params {
      { "claims", default = "highest", choices = { "highest", "lowest", "latest", "widest" },
        help = "which claim counts where several are about one quantity" },
    }

    return tolls.by_measure(data.figures, p.claims)

    """
  }

  private var module: String {
    """
    -- How tolls are added up.

    local tolls = {}

    function tolls.by_measure(figures, claims)
      return figures
        :where("value ~= nil")
        :resolve(claims)
        :group("measure", "unit", "accumulation")
        :aggregate("toll = sum(value)", "claims = sum(claims)")
    end

    return tolls

    """
  }

  private var readme: String {
    """
    # \(id)

    Adds up what is claimed of the killed, injured and so on.

    ```sh
    annals run \(id)              # on the dataset at hand
    annals bundle inspect \(id)   # what it needs and asks for
    annals bundle pack \(id)      # one file to hand on
    ```

    """
  }
}
